package dev.sluice.orchestrator.kubernetes.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of a status by which people and tools ask for something, and what tells one of our
 * writings from the next.
 *
 * @param abort whether the update is, or is to be, taken back
 * @param abortedAt when we took it back; empty if we did not
 * @param promoteFull whether all steps are, or are to be, skipped
 * @param pauses why nothing moves
 * @param step currentStepIndex; -1 if there is none
 * @param podHash the pod template that all this is about; empty if there is none
 * @param witness of which writing this is: fields that commands leave alone
 */
public record CommandFields(
    boolean abort,
    String abortedAt,
    boolean promoteFull,
    List<Pause> pauses,
    int step,
    String podHash,
    String witness) {

  /**
   * One pause. Two of the same reason differ in when they began.
   *
   * @param reason as status shows it
   * @param startTime as status shows it
   */
  public record Pause(String reason, String startTime) {}

  /** Copies the list. */
  public CommandFields {
    pauses = List.copyOf(pauses);
  }

  /**
   * The command fields of a status.
   *
   * @param status as JSON; missing members are as if nothing was written
   */
  public static CommandFields of(JsonNode status) {
    List<Pause> pauses = new ArrayList<>();
    for (JsonNode each : status.path("pauseConditions")) {
      pauses.add(new Pause(each.path("reason").asText(), each.path("startTime").asText()));
    }
    return new CommandFields(
        status.path("abort").asBoolean(false),
        status.path("abortedAt").asText(""),
        status.path("promoteFull").asBoolean(false),
        pauses,
        status.path("currentStepIndex").asInt(-1),
        status.path("currentPodHash").asText(""),
        witness(status));
  }

  private static String witness(JsonNode status) {
    JsonNode run = status.path("canary").path("currentStepAnalysisRunStatus");
    return String.join(
        "|",
        status.path("phase").asText(),
        status.path("message").asText(),
        status.path("canary").path("weights").path("canary").path("weight").asText(),
        run.path("name").asText(),
        run.path("status").asText(),
        status.path("stableRS").asText());
  }
}
