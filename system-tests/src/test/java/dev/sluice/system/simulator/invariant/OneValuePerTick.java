package dev.sluice.system.simulator.invariant;

import dev.sluice.events.MeasurementTaken;
import dev.sluice.system.simulator.invariant.Observation.MeasurementRead;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * I19: at most one value per run, metric and tick, whoever measured, and however often the record
 * is read.
 */
public final class OneValuePerTick implements Invariant {

  private record Tick(String run, String metric, int tick) {}

  private final Map<Tick, MeasurementTaken> taken = new HashMap<>();

  @Override
  public String id() {
    return "I19";
  }

  @Override
  public boolean outlives() {
    return true;
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof MeasurementRead(MeasurementTaken read))) {
      return Optional.empty();
    }
    MeasurementTaken before =
        taken.putIfAbsent(new Tick(read.run(), read.metric(), read.measurement().tick()), read);
    return before == null || before.equals(read)
        ? Optional.empty()
        : Optional.of("%s is measured again: %s".formatted(before, read));
  }
}
