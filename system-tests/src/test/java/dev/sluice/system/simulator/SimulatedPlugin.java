package dev.sluice.system.simulator;

import dev.sluice.events.PluginCall;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import dev.sluice.metrics.PluginReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A step plugin, and the network to it. How it is for a step of an update is drawn when it is first
 * called there; the same call may be answered in another way when it comes again.
 */
final class SimulatedPlugin {

  private enum Mood {
    READY,
    SLOW,
    UNRELIABLE,
    UNREACHABLE,
    FAILING
  }

  private static final List<Mood> MOODS =
      List.of(
          Mood.READY,
          Mood.READY,
          Mood.SLOW,
          Mood.SLOW,
          Mood.UNRELIABLE,
          Mood.UNRELIABLE,
          Mood.UNREACHABLE,
          Mood.FAILING);

  private final Chaos chaos;
  private final Map<String, Mood> moods = new HashMap<>();
  private final Set<String> succeeded = new HashSet<>();

  SimulatedPlugin(Chaos chaos) {
    this.chaos = chaos;
  }

  PluginReply answer(PluginCall call) {
    PluginPhase phase = chaos.isCalm() ? PluginPhase.SUCCESSFUL : phase(call);
    if (phase == PluginPhase.SUCCESSFUL) {
      succeeded.add(call.id());
    }
    return new PluginReply(
        phase,
        "execution " + call.execution(),
        chaos.oneIn(2) ? null : Duration.ofSeconds(chaos.below(40)),
        phase == PluginPhase.ERROR ? null : Integer.toString(call.execution()));
  }

  private PluginPhase phase(PluginCall call) {
    String series = call.epoch() + "/" + call.step() + "/" + call.operation();
    Mood mood = moods.computeIfAbsent(series, _ -> chaos.oneOf(MOODS));
    boolean runs = call.operation() == PluginOperation.RUN;
    return switch (mood) {
      case READY -> PluginPhase.SUCCESSFUL;
      case SLOW ->
          call.execution() < 3 && (runs || chaos.oneIn(4))
              ? PluginPhase.RUNNING
              : PluginPhase.SUCCESSFUL;
      case UNRELIABLE ->
          chaos.oneOf(
              List.of(
                  PluginPhase.ERROR,
                  PluginPhase.RUNNING,
                  PluginPhase.SUCCESSFUL,
                  PluginPhase.SUCCESSFUL));
      case UNREACHABLE -> PluginPhase.ERROR;
      case FAILING -> PluginPhase.FAILED;
    };
  }

  /** Whether a call was ever answered so. */
  boolean succeeded(String call) {
    return succeeded.contains(call);
  }
}
