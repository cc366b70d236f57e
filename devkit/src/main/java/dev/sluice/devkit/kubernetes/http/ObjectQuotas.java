package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.BuiltInKinds;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.GroupResource;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.store.ObjectStore;

/**
 * How many objects of a kind a namespace may have, by its ResourceQuotas: {@code
 * count/replicasets.apps}. What else they limit is not counted here.
 */
final class ObjectQuotas {
  private final ObjectStore store;

  ObjectQuotas(ObjectStore store) {
    this.store = store;
  }

  /** Refuses one more where there are as many as may be. */
  void check(GroupResource resource, String namespace, ObjectNode object) {
    String counted = "count/" + resource.qualified();
    for (ObjectNode quota : store.list(BuiltInKinds.QUOTA.resource(), namespace)) {
      String limit = quota.path("spec").path("hard").path(counted).asText();
      if (limit.isEmpty()) {
        continue;
      }
      int there = store.list(resource, namespace).size();
      if (there >= Integer.parseInt(limit)) {
        throw ApiError.forbidden(
            resource,
            Json.text(object, "/metadata/name"),
            "exceeded quota: %s, requested: %s=1, used: %s=%d, limited: %s=%s"
                .formatted(
                    Json.text(quota, "/metadata/name"), counted, counted, there, counted, limit));
      }
    }
  }
}
