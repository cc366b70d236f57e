package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.LabelSelector;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.RolloutSpec;
import dev.sluice.crd.Struct;
import dev.sluice.orchestrator.kubernetes.specification.References.Workload;
import java.util.Objects;
import java.util.Optional;

/**
 * A Rollout with the pod template, and where it has none the selector, of the workload that it
 * refers to. They are filled in in memory; nothing that is written is made from {@code spec}.
 */
public final class WorkloadReference {

  private WorkloadReference() {}

  /**
   * The filled-in Rollout; the same one where it refers to nothing, or to nothing that is there.
   */
  public static Rollout resolved(Rollout rollout, References references) {
    try {
      return resolve(rollout, references);
    } catch (InvalidManifest unresolved) {
      return rollout;
    }
  }

  /** The same; an exception says why there is nothing to be filled in. */
  static Rollout resolve(Rollout rollout, References references) throws InvalidManifest {
    if (!isReferring(rollout)) {
      return rollout;
    }
    return filled(rollout, find(rollout, references));
  }

  /** The Rollout with what is taken from this workload. */
  static Rollout filled(Rollout rollout, Workload workload) {
    RolloutSpec spec = rollout.getSpec().copy();
    spec.template = workload.template();
    if (spec.selector == null && workload.selector() != null) {
      spec.selector = Struct.read(workload.selector(), LabelSelector.class);
    }
    Rollout resolved = new Rollout();
    resolved.setMetadata(rollout.getMetadata());
    resolved.setSpec(spec);
    resolved.setStatus(rollout.getStatus());
    return resolved;
  }

  /** What the Rollout refers to; empty if nothing. */
  static Optional<Workload> workload(Rollout rollout, References references)
      throws InvalidManifest {
    return isReferring(rollout) ? Optional.of(find(rollout, references)) : Optional.empty();
  }

  private static boolean isReferring(Rollout rollout) {
    return rollout.getSpec() != null && rollout.getSpec().workloadRef != null;
  }

  private static Workload find(Rollout rollout, References references) throws InvalidManifest {
    RolloutSpec.WorkloadRef reference = rollout.getSpec().workloadRef;
    Optional<WorkloadKind> kind = WorkloadKind.of(reference);
    if (kind.isEmpty()) {
      throw InvalidManifest.of(
          "workload of type %s/%s is not supported"
              .formatted(
                  WorkloadKind.group(reference), Objects.requireNonNullElse(reference.kind, "")));
    }
    String name = Objects.requireNonNullElse(reference.name, "");
    return references
        .workload(kind.get(), name)
        .orElseThrow(() ->
            InvalidManifest.of(
                "%s \"%s/%s\" not found"
                    .formatted(kind.get().resource(), rollout.getMetadata().getNamespace(), name)));
  }
}
