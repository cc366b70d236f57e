package dev.sluice.traffic.nginx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.traffic.IngressPlan.Step;
import dev.sluice.traffic.IngressView.Spec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The JSON merge patch of one write: only what differs, and the resourceVersion that was seen, so
 * that it is refused where the object changed since.
 */
final class IngressPatch {

  private IngressPatch() {}

  static ObjectNode of(Step.Patch patch, KubernetesSerialization serialization) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = json.putObject("metadata");
    metadata.put("resourceVersion", patch.seen().resourceVersion());
    if (!patch.annotations().isEmpty() || !patch.removed().isEmpty()) {
      ObjectNode annotations = metadata.putObject("annotations");
      new TreeMap<>(patch.annotations()).forEach(annotations::put);
      new TreeSet<>(patch.removed()).forEach(annotations::putNull);
    }
    patch.spec().ifPresent(spec -> json.set("spec", spec(spec, serialization)));
    return json;
  }

  // A field that is left out of a merge patch stays: what must go is null.
  private static ObjectNode spec(Spec spec, KubernetesSerialization serialization) {
    ObjectNode json = serialization.convertValue(IngressMapping.spec(spec), ObjectNode.class);
    if (spec.className().isEmpty()) {
      json.putNull("ingressClassName");
    }
    if (spec.tls().isEmpty()) {
      json.putNull("tls");
    }
    JsonNode rules = json.path("rules");
    if (rules.isMissingNode()) {
      json.putNull("rules");
    }
    return json;
  }
}
