package dev.sluice.events;

/**
 * A measurement with all that is needed to repeat it.
 *
 * @param run {@code <rollout uid>/<name>}
 * @param uid the Rollout
 * @param epoch of the decision that started the run
 * @param metric the metric's name
 * @param measurement what was found
 * @param address of the provider, as the user wrote it
 * @param query as it was asked
 * @param latencyMillis of the provider; -1 where it was not reached
 */
public record MeasurementTaken(
    String run,
    String uid,
    long epoch,
    String metric,
    Measurement measurement,
    String address,
    String query,
    long latencyMillis)
    implements Message {

  @Override
  public String key() {
    return run;
  }
}
