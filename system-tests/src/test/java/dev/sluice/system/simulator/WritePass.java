package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.system.simulator.SimulatedCluster.Answer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The passes of an instance over a Rollout: one at a time, and in it one write after the other,
 * each when the one before is answered. All are computed from the state that the pass began with.
 * Right before each it is asked whether that is still the newest: the ones before take their time.
 */
final class WritePass {

  /**
   * Something that differs.
   *
   * @param effect writes it; is told whether the state was the newest when it was sent
   * @param answered is told what became of it
   */
  record Write(Function<Boolean, Answer> effect, Consumer<Answer> answered) {}

  private final SimulatedOrchestrator orchestrator;
  private final SimulatedCluster cluster;
  private final Runnable again;
  private boolean underWay;
  private boolean wanted;

  /**
   * Works for an orchestrator.
   *
   * @param again plans another pass
   */
  WritePass(SimulatedOrchestrator orchestrator, SimulatedCluster cluster, Runnable again) {
    this.orchestrator = orchestrator;
    this.cluster = cluster;
    this.again = again;
    orchestrator
        .process()
        .onStart(() -> {
          underWay = false;
          wanted = false;
        });
  }

  /** Writes what differs of these, unless a pass is under way: then another one comes after it. */
  void run(Committed mine, List<Supplier<Optional<Write>>> levels) {
    if (underWay) {
      wanted = true;
    } else {
      underWay = true;
      orchestrator.passing(true);
      next(mine, levels.iterator());
    }
  }

  private void next(Committed mine, Iterator<Supplier<Optional<Write>>> levels) {
    while (levels.hasNext()) {
      Optional<Write> write = levels.next().get();
      if (write.isPresent()) {
        send(mine, write.get(), levels);
        return;
      }
    }
    end();
  }

  private void send(Committed mine, Write write, Iterator<Supplier<Optional<Write>>> levels) {
    if (!orchestrator.isCurrent(mine)) {
      wanted = true;
      end();
      return;
    }
    if (orchestrator.process().crashes(Fault.CRASH_BEFORE_WRITE)) {
      return;
    }
    boolean isNewest = orchestrator.isNewest(mine);
    cluster.request(
        orchestrator.process(),
        () -> write.effect().apply(isNewest),
        answer -> {
          if (orchestrator.process().crashes(Fault.CRASH_AFTER_WRITE)) {
            return;
          }
          write.answered().accept(answer);
          if (answer == Answer.DONE) {
            next(mine, levels);
          } else {
            orchestrator.process().later(Duration.ofMillis(200), again);
            end();
          }
        });
  }

  private void end() {
    underWay = false;
    orchestrator.passing(false);
    if (wanted) {
      wanted = false;
      again.run();
    }
  }
}
