package dev.sluice.metrics.egress;

import dev.sluice.events.MetricAnswer.Reason;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** What it means where no answer came back. */
public final class Failures {

  private Failures() {}

  /** Why there is no answer, in a word and in a sentence. */
  public record Failure(Reason reason, String message) {}

  /** We broke it off ourselves. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    Refused(Reason reason, String message) {
      super(message);
      this.reason = reason;
    }
  }

  /** What a failed {@link Egress#send} means. */
  public static Failure of(Throwable failure, Duration timeout) {
    return switch (failure) {
      case CompletionException wrapped when wrapped.getCause() != null ->
          of(wrapped.getCause(), timeout);
      case Refused refused -> new Failure(refused.reason, refused.getMessage());
      case TimeoutException _ ->
          new Failure(Reason.TIMEOUT, "no answer within " + timeout.toMillis() + " ms");
      case UnknownHostException unknown ->
          new Failure(Reason.UNREACHABLE, "unknown host " + unknown.getMessage());
      default -> new Failure(Reason.UNREACHABLE, String.valueOf(failure.getMessage()));
    };
  }
}
