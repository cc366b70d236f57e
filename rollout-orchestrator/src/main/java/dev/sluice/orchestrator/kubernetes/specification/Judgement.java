package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutValidation;
import dev.sluice.orchestrator.Signal;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is to be said of a Rollout before it is stored, in the words of the condition InvalidSpec.
 *
 * @param refusal what is wrong with it, whatever there is beside it; empty if nothing is
 * @param warnings what is wrong with what it names, as far as that is known
 */
public record Judgement(Optional<String> refusal, List<String> warnings) {

  /** Copies the list. */
  public Judgement {
    warnings = List.copyOf(warnings);
  }

  /**
   * Judges a Rollout.
   *
   * @param references empty where they are not known
   */
  public static Judgement of(Rollout rollout, Optional<References> references, Rules rules) {
    Optional<String> refusal = ownMistake(rollout).map(error -> message(rollout, error));
    if (refusal.isPresent() || references.isEmpty()) {
      return new Judgement(refusal, List.of());
    }
    return SpecificationReader.read(rollout, references.get(), rules)
            instanceof Signal.SpecificationUnusable(_, String message)
        ? new Judgement(Optional.empty(), List.of(message))
        : new Judgement(Optional.empty(), List.of());
  }

  /** The refusal as a warning, and the warnings. */
  public List<String> all() {
    return Stream.concat(refusal.stream(), warnings.stream()).toList();
  }

  private static Optional<String> ownMistake(Rollout rollout) {
    return RolloutValidation.validate(rollout)
        .or(() -> Refusals.first(rollout))
        .or(() -> RolloutValidation.validateRouters(rollout));
  }

  private static String message(Rollout rollout, String error) {
    ObjectMeta metadata = rollout.getMetadata();
    return RolloutValidation.message(
        Objects.requireNonNullElse(metadata.getName(), metadata.getGenerateName()), error);
  }
}
