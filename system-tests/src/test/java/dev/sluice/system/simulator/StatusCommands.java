package dev.sluice.system.simulator;

import dev.sluice.orchestrator.Command;
import java.util.LinkedHashMap;
import java.util.Map;

/** What somebody asked for by writing into status: the difference to what we had written. */
final class StatusCommands {

  static final String ABORT = "abort";
  static final String PROMOTE_FULL = "promoteFull";
  static final String PAUSES = "pauseConditions";
  static final String STEP = "currentStepIndex";

  private StatusCommands() {}

  /** By field. Abort beats everything: it comes last. */
  static Map<String, Command> between(Status ours, Status there) {
    Map<String, Command> commands = new LinkedHashMap<>();
    if (ours.abort() && !there.abort()) {
      commands.put(ABORT, new Command.Retry());
    }
    if (there.step() != ours.step()) {
      commands.put(STEP, new Command.SkipTo(there.step()));
    } else if (!ours.pauses().isEmpty() && there.pauses().isEmpty()) {
      commands.put(PAUSES, new Command.Resume());
    }
    if (!ours.promoteFull() && there.promoteFull()) {
      commands.put(PROMOTE_FULL, new Command.PromoteFull());
    }
    if (!ours.abort() && there.abort()) {
      commands.put(ABORT, new Command.Abort());
    }
    return commands;
  }
}
