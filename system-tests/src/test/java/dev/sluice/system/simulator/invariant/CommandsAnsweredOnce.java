package dev.sluice.system.simulator.invariant;

import dev.sluice.events.RolloutFact;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Progress;
import dev.sluice.system.simulator.invariant.Observation.CommandAcknowledged;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * I14: an acknowledged command yields exactly one Accepted, Rejected or Superseded event.
 *
 * <p>A command through status is a field that somebody wrote; it is answered with the version in
 * which it was read, its own or a later one. Exceptions: a field that its writer put back before
 * anybody read it asks for nothing; one that he wrote over again is one command with the later one.
 * Nothing is answered for a Rollout that is gone, and what was written before the Rollout was first
 * looked at may be its beginning: it is answered or not.
 */
public final class CommandsAnsweredOnce implements Invariant {

  private final Set<String> answered = new HashSet<>();
  private final Set<String> waiting = new TreeSet<>();
  private final TreeMap<Long, String> written = new TreeMap<>();
  private final TreeMap<Long, String> early = new TreeMap<>();
  private boolean isKnown;

  @Override
  public String id() {
    return "I14";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    return switch (seen) {
      case CommandAcknowledged(String channel, String id) -> {
        if (channel.startsWith("status/")) {
          (isKnown ? written : early)
              .put(Long.parseLong(id), channel.substring("status/".length()));
        } else if (!answered.contains(id)) {
          waiting.add(id);
        }
        yield Optional.empty();
      }
      case Decided decided -> {
        isKnown = true;
        yield answers(decided);
      }
      case Observation.CameToRest _ -> unanswered(world);
      default -> Optional.empty();
    };
  }

  private Optional<String> answers(Decided decided) {
    for (Decision.Entry entry : decided.decision().entries()) {
      String id =
          switch (entry.fact()) {
            case RolloutFact.CommandAccepted(String command, _) -> command;
            case RolloutFact.CommandRejected(String command, _, _) -> command;
            case RolloutFact.CommandSuperseded(String command, _, _) -> command;
            default -> null;
          };
      if (id == null) {
        continue;
      }
      if (!answered.add(id)) {
        return Optional.of("command " + id + " is answered twice");
      }
      waiting.remove(id);
      if (id.startsWith("status/") && !covers(id.split("/"))) {
        return Optional.of(id + " answers nobody");
      }
    }
    return Optional.empty();
  }

  // Everything written to that field up to the version that was read; a step also ends pauses.
  private boolean covers(String[] id) {
    long version = Long.parseLong(id[1]);
    String field = id[2];
    boolean found =
        Stream.of(written, early)
            .flatMap(all -> all.headMap(version, true).values().stream())
            .anyMatch(field::equals);
    written
        .headMap(version, true)
        .values()
        .removeIf(f ->
            f.equals(field) || (field.equals("currentStepIndex") && f.equals("pauseConditions")));
    return found;
  }

  private Optional<String> unanswered(World world) {
    if (world.rollout().filter(r -> r.progress() instanceof Progress.Gone).isPresent()) {
      return Optional.empty();
    }
    long aborts = written.values().stream().filter("abort"::equals).count();
    if (aborts % 2 == 0) {
      written.values().removeIf("abort"::equals);
    }
    return waiting.isEmpty() && written.isEmpty()
        ? Optional.empty()
        : Optional.of("nobody answered " + waiting + " " + written);
  }
}
