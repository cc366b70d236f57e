package dev.sluice.system.simulator.invariant;

import dev.sluice.orchestrator.Decision;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import dev.sluice.system.simulator.invariant.Observation.MeasurementRead;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * I18: no secret value in any topic, table or event. In a run the values are known: they stand
 * where Sluice looks, and must not come out where it speaks.
 */
public final class NoSecretIsTold implements Invariant {

  /** Stands on the route's objects of a simulated cluster. */
  public static final String PLANTED = "bearer-3f1c9a";

  private final Set<String> secrets;

  /** Looks for the planted one. */
  public NoSecretIsTold() {
    this(Set.of(PLANTED));
  }

  /** Looks for these. */
  public NoSecretIsTold(Set<String> secrets) {
    this.secrets = Set.copyOf(secrets);
  }

  @Override
  public String id() {
    return "I18";
  }

  @Override
  public boolean outlives() {
    return true;
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case Decided decided when isTelling(decided.decision()) ->
          in(List.of(decided.decision().entries(), decided.decision().outgoing()));
      case Observation.EntryRead(var event) -> in(event);
      case MeasurementRead(var measurement) -> in(measurement);
      default -> Optional.empty();
    };
  }

  private static boolean isTelling(Decision decision) {
    return !decision.entries().isEmpty() || !decision.outgoing().isEmpty();
  }

  private Optional<String> in(Object told) {
    String text = told.toString();
    return secrets.stream().anyMatch(text::contains)
        ? Optional.of("a secret is told in a " + told.getClass().getSimpleName())
        : Optional.empty();
  }
}
