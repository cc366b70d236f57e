package dev.sluice.system.simulator.invariant;

import dev.sluice.system.simulator.invariant.Observation.RouteWritten;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * I21: Rollouts sharing a route never lose each other's weights: what is written for one changes
 * nothing on the objects of the others.
 */
public final class SharersKeepTheirWeights implements Invariant {

  @Override
  public String id() {
    return "I21";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof RouteWritten written)) {
      return Optional.empty();
    }
    return written.before().entrySet().stream()
        .filter(object -> !object.getKey().equals(written.name()))
        .filter(object -> !Objects.equals(object.getValue(), written.after().get(object.getKey())))
        .map(Map.Entry::getKey)
        .map(name ->
            "%s was %s and is %s"
                .formatted(name, written.before().get(name), written.after().get(name)))
        .findFirst();
  }
}
