package dev.sluice.orchestrator.kubernetes.specification;

import dev.sluice.crd.Api;
import dev.sluice.crd.CanaryStrategy;
import dev.sluice.crd.LabelSelector;
import dev.sluice.crd.Rollout;
import dev.sluice.crd.TemplateMetadata;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules on what is injected into pods: they must stay those of their ReplicaSet. */
final class InjectionRules {

  private InjectionRules() {}

  static void check(Rollout rollout) throws InvalidManifest {
    CanaryStrategy canary = rollout.getSpec().strategy.canary;
    Set<String> selecting = selecting(rollout.getSpec().selector);
    check("canaryMetadata", canary.canaryMetadata, selecting);
    check("stableMetadata", canary.stableMetadata, selecting);
  }

  private static void check(String field, TemplateMetadata injected, Set<String> selecting)
      throws InvalidManifest {
    Map<String, String> labels =
        injected == null || injected.labels == null ? Map.of() : injected.labels;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      if (selecting.contains(label.getKey())) {
        throw InvalidManifest.invalid(
            "spec.strategy.canary." + field + ".labels[" + label.getKey() + "]",
            label.getValue(),
            "pods are selected by this label");
      }
    }
  }

  private static Set<String> selecting(LabelSelector selector) {
    Set<String> keys = new HashSet<>();
    keys.add(Api.POD_TEMPLATE_HASH_LABEL);
    if (selector.matchLabels != null) {
      keys.addAll(selector.matchLabels.keySet());
    }
    if (selector.matchExpressions != null) {
      keys.addAll(
          selector.matchExpressions.stream().map(each -> each.key).collect(Collectors.toSet()));
    }
    return keys;
  }
}
