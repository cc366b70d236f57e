package dev.sluice.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisDesired.Wanted;
import dev.sluice.events.MetricAnswer.Outcome;
import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.events.MetricSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The picture of a run's life is what the core does with sample states and sample signals. */
class StateDiagramTest {

  private static final Path FILE = Path.of("../docs/states-analysis.md");
  private static final Instant LATER = Samples.START.plusSeconds(1);
  private static final MetricSpec METRIC = Samples.metric("m", m -> m.times(2));
  private static final AnalysisDesired DESIRED = Samples.desired(METRIC);

  private static Map<String, Run> states() {
    Run planned = Run.planned(DESIRED);
    Run measuring = planned.on(new Signal.Woken(), LATER).next();
    Run last =
        Run.recorded(
                DESIRED, measuring.on(answered(0, 0.001), LATER).next().progress().orElseThrow())
            .on(new Signal.Woken(), LATER.plusSeconds(60))
            .next();
    Map<String, Run> states = new LinkedHashMap<>();
    states.put("planned", planned);
    states.put("measuring", measuring);
    states.put("measuring its last tick", last);
    states.put("over", last.on(answered(1, 0.001), LATER.plusSeconds(60)).next());
    return states;
  }

  private static Map<String, List<Signal>> signals() {
    Map<String, List<Signal>> signals = new LinkedHashMap<>();
    signals.put("woken", List.of(new Signal.Woken()));
    signals.put("wanted again", List.of(new Signal.Wanted(DESIRED)));
    signals.put(
        "ended",
        List.of(
            new Signal.Wanted(
                Samples.desired(DESIRED.run(), Samples.START, Wanted.TERMINATE, METRIC))));
    signals.put("answered: good", List.of(answered(0, 0.001), answered(1, 0.001)));
    signals.put("answered: bad", List.of(answered(0, 0.5), answered(1, 0.5)));
    Outcome shed = new Outcome.Unavailable(Reason.OVERLOADED, "shed");
    signals.put(
        "shed",
        List.of(
            new Signal.Answered("m", 0, Samples.answer(LATER, shed)),
            new Signal.Answered("m", 1, Samples.answer(LATER, shed))));
    return signals;
  }

  private static Signal answered(int tick, double value) {
    return new Signal.Answered("m", tick, Samples.answer(LATER, value));
  }

  @Test
  void everyStateAndSignalHasASample() {
    assertThat(states().values().stream().map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Run.class.getPermittedSubclasses());
    assertThat(signals().values().stream().flatMap(List::stream).map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Signal.class.getPermittedSubclasses());
  }

  /** To renew it: {@code -Dsluice.write-docs=true}. */
  @Test
  void theDiagramIsWhatTheCoreDoes() throws IOException {
    String diagram = page();
    if (Boolean.getBoolean("sluice.write-docs")) {
      Files.writeString(FILE, diagram);
    }

    assertThat(Files.readString(FILE)).isEqualTo(diagram);
  }

  private static String page() {
    Set<String> lines = new LinkedHashSet<>();
    states()
        .forEach((_, state) ->
            signals()
                .forEach((signal, samples) ->
                    samples.forEach(sample -> lines.addAll(line(state, signal, sample)))));
    return """
    # Life of an analysis run

    Generated from what the core does (StateDiagramTest); what changes nothing is left out.
    Each arrow: the signal, and what goes out in one transaction.

    ```mermaid
    stateDiagram-v2
      [*] --> Planned: desired
    %s
    ```
    """
        .formatted(String.join("\n", lines));
  }

  private static List<String> line(Run state, String signal, Signal sample) {
    Decision decision = state.on(sample, LATER.plusSeconds(60));
    if (decision.equals(Decision.stay(state))) {
      return List.of();
    }
    List<String> out = new ArrayList<>();
    decision.messages().forEach(message -> out.add(message.getClass().getSimpleName()));
    return List.of(
        "  %s --> %s: %s%s"
            .formatted(
                state.getClass().getSimpleName(),
                decision.next().getClass().getSimpleName(),
                signal,
                out.isEmpty() ? "" : " / " + String.join(" + ", out)));
  }
}
