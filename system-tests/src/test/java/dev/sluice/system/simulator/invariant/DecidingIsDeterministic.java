package dev.sluice.system.simulator.invariant;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.events.MessageCodec;
import dev.sluice.orchestrator.Decider;
import dev.sluice.orchestrator.Decision;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.system.simulator.invariant.Observation.Decided;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * I17: deciding is deterministic: the same state, signal and time give the same decision, to the
 * byte.
 *
 * <p>Each decision is made twice. Each sixteenth is made on a state that was stored and read back,
 * and its bytes are compared: text costs more than all else in a run, and of ten thousand runs so
 * many are enough.
 */
public final class DecidingIsDeterministic implements Invariant {

  private static final int STORED = 16;

  private int decisions;

  @Override
  public String id() {
    return "I17";
  }

  @Override
  public Optional<String> violation(Observation seen, World world) {
    if (!(seen instanceof Decided decided)) {
      return Optional.empty();
    }
    try {
      return decisions++ % STORED == 0
          ? differs(decided, stored(decided.before()))
          : differs(decided, decided.before());
    } catch (IOException e) {
      return Optional.of("the state cannot be stored: " + e.getMessage());
    }
  }

  private static Optional<String> differs(Decided decided, Rollout read) throws IOException {
    if (!read.equals(decided.before())) {
      return Optional.of("stored and read back, " + decided.before() + " is " + read);
    }
    Decision again = Decider.on(read, decided.signal(), decided.at());
    boolean isSame =
        again.equals(decided.decision())
            && (read == decided.before()
                || Arrays.equals(bytes(again.next()), bytes(decided.decision().next())));
    return isSame ? Optional.empty() : Optional.of("decided again, it is " + again);
  }

  private static Rollout stored(Rollout rollout) throws IOException {
    return MessageCodec.mapper().readValue(bytes(rollout), Rollout.class);
  }

  private static byte[] bytes(Rollout rollout) throws JsonProcessingException {
    return MessageCodec.mapper().writeValueAsBytes(rollout);
  }
}
