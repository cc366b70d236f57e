package dev.sluice.metrics.prometheus;

import dev.sluice.events.MetricAnswer.Reason;
import dev.sluice.metrics.Reply;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** What it means where no answer came back. */
final class Failures {

  private Failures() {}

  /** We broke it off ourselves. */
  static final class Refused extends Exception {

    private final Reason reason;

    Refused(Reason reason, String message) {
      super(message);
      this.reason = reason;
    }
  }

  static Reply reply(Throwable failure, Duration timeout) {
    return switch (failure) {
      case Refused refused -> Reply.unavailable(refused.reason, refused.getMessage());
      case TimeoutException _ ->
          Reply.unavailable(Reason.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
      case UnknownHostException unknown ->
          Reply.unavailable(Reason.UNREACHABLE, "unknown host " + unknown.getMessage());
      default -> Reply.unavailable(Reason.UNREACHABLE, String.valueOf(failure.getMessage()));
    };
  }
}
