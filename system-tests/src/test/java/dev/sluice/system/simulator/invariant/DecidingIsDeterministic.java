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
 * I17: deciding is deterministic: the same state, signal and time give the same bytes; also where
 * the state was stored and read back in between.
 */
public final class DecidingIsDeterministic implements Invariant {

  private Rollout last;
  private byte[] lastBytes;

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
      return differs(decided);
    } catch (IOException e) {
      return Optional.of("the state cannot be stored: " + e.getMessage());
    }
  }

  private Optional<String> differs(Decided decided) throws IOException {
    byte[] stored = decided.before() == last ? lastBytes : bytes(decided.before());
    Rollout read = MessageCodec.mapper().readValue(stored, Rollout.class);
    last = decided.decision().next();
    lastBytes = bytes(last);
    if (!read.equals(decided.before())) {
      return Optional.of("stored and read back, " + decided.before() + " is " + read);
    }
    Decision again = Decider.on(read, decided.signal(), decided.at());
    boolean same = again.equals(decided.decision());
    return same && Arrays.equals(bytes(again.next()), lastBytes)
        ? Optional.empty()
        : Optional.of("decided again, it is " + again);
  }

  private static byte[] bytes(Rollout rollout) throws JsonProcessingException {
    return MessageCodec.mapper().writeValueAsBytes(rollout);
  }
}
