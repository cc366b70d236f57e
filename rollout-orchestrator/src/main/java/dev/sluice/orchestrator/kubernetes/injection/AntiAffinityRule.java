package dev.sluice.orchestrator.kubernetes.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.AntiAffinity;
import dev.sluice.crd.Api;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The rule that keeps the pods of a new revision away from nodes with pods of the stable one. It is
 * known by its key: no user writes a rule about the label with the hash.
 */
public final class AntiAffinityRule {

  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";

  private AntiAffinityRule() {}

  /**
   * Puts the rule into a pod template, in the place of an earlier one.
   *
   * @param wanted null puts none
   * @param namespace of the pods
   * @param stableHash of the pods to keep away from; empty puts none
   */
  public static void inject(
      ObjectNode template, AntiAffinity wanted, String namespace, String stableHash) {
    removeFrom(template);
    if (wanted == null || stableHash.isEmpty()) {
      return;
    }
    ObjectNode rules =
        template
            .withObjectProperty("spec")
            .withObjectProperty("affinity")
            .withObjectProperty("podAntiAffinity");
    if (wanted.preferredDuringSchedulingIgnoredDuringExecution != null) {
      ObjectNode preferred = rules.withArrayProperty(PREFERRED).addObject();
      preferred.put("weight", wanted.preferredDuringSchedulingIgnoredDuringExecution.weight);
      term(preferred.putObject("podAffinityTerm"), namespace, stableHash);
    } else {
      term(rules.withArrayProperty(REQUIRED).addObject(), namespace, stableHash);
    }
  }

  private static void term(ObjectNode term, String namespace, String stableHash) {
    term.putObject("labelSelector")
        .putArray("matchExpressions")
        .addObject()
        .put("key", Api.POD_TEMPLATE_HASH_LABEL)
        .put("operator", "In")
        .putArray("values")
        .add(stableHash);
    term.putArray("namespaces").add(namespace);
    term.put("topologyKey", "kubernetes.io/hostname");
  }

  /** Whether the template has a rule that keeps away from another hash than this one. */
  public static boolean isAboutAnother(ObjectNode template, String stableHash) {
    return hashes(template).stream().anyMatch(hash -> !hash.equals(stableHash));
  }

  /** Takes the rule out of a pod template, and what is empty without it. */
  public static void removeFrom(ObjectNode template) {
    if (hashes(template).isEmpty()
        || !(template.at("/spec/affinity") instanceof ObjectNode affinity)
        || !(affinity.path("podAntiAffinity") instanceof ObjectNode rules)) {
      return;
    }
    for (String list : List.of(PREFERRED, REQUIRED)) {
      if (rules.path(list) instanceof ArrayNode terms) {
        for (int i = terms.size() - 1; i >= 0; i--) {
          if (hash(terms.get(i)) != null) {
            terms.remove(i);
          }
        }
        removeIfEmpty(rules, list);
      }
    }
    removeIfEmpty(affinity, "podAntiAffinity");
    removeIfEmpty((ObjectNode) template.path("spec"), "affinity");
  }

  private static void removeIfEmpty(ObjectNode object, String name) {
    if (object.path(name).isEmpty()) {
      object.remove(name);
    }
  }

  private static List<String> hashes(ObjectNode template) {
    JsonNode rules = template.at("/spec/affinity/podAntiAffinity");
    List<JsonNode> terms = new ArrayList<>();
    rules.path(PREFERRED).forEach(terms::add);
    rules.path(REQUIRED).forEach(terms::add);
    return terms.stream().map(AntiAffinityRule::hash).filter(Objects::nonNull).toList();
  }

  // Null where the term is about anything else.
  private static String hash(JsonNode term) {
    JsonNode inner = term.has("podAffinityTerm") ? term.get("podAffinityTerm") : term;
    for (JsonNode each : inner.at("/labelSelector/matchExpressions")) {
      if (each.path("key").asText().equals(Api.POD_TEMPLATE_HASH_LABEL)) {
        return each.path("values").path(0).asText();
      }
    }
    return null;
  }
}
