package dev.sluice.analysis.kafka;

import dev.sluice.analysis.Run;
import dev.sluice.analysis.Signal;
import dev.sluice.events.AnalysisDesired;
import dev.sluice.events.AnalysisProgress;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.UnreadableMessage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The runs of a partition out of what was recorded; those that are not over are woken. */
final class Rebuild {

  private Rebuild() {}

  static void from(History history, Runs runs, Batch first) {
    history
        .desired()
        .forEach((run, record) -> {
          if (record.value() != null) {
            rebuild(record, history.progress().get(run), runs, first);
          }
        });
    history
        .progress()
        .forEach((run, progress) -> {
          if (progress.value() != null && isForgotten(history.desired().get(run))) {
            first.forgetProgress(run);
          }
        });
    runs.names().forEach(run -> first.signal(run, new Signal.Woken()));
  }

  private static boolean isForgotten(ConsumerRecord<String, byte[]> desired) {
    return desired == null || desired.value() == null;
  }

  private static void rebuild(
      ConsumerRecord<String, byte[]> record,
      ConsumerRecord<String, byte[]> progress,
      Runs runs,
      Batch first) {
    AnalysisDesired desired;
    String traceparent;
    try {
      desired = MessageCodec.decode(record, AnalysisDesired.class);
      traceparent = MessageCodec.envelope(record).traceparent();
    } catch (UnreadableMessage e) {
      first.deadLetter(record, e.getMessage());
      return;
    }
    Run run =
        progress == null || progress.value() == null
            ? Run.planned(desired)
            : Run.recorded(desired, recorded(progress));
    runs.put(desired.run(), new Known(record, traceparent, run));
  }

  /** Our own record: to go on without it would measure everything twice. */
  private static AnalysisProgress recorded(ConsumerRecord<String, byte[]> progress) {
    try {
      return MessageCodec.decode(progress, AnalysisProgress.class);
    } catch (UnreadableMessage e) {
      throw new IllegalStateException(
          "the progress of run " + progress.key() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
