package dev.sluice.orchestrator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.orchestrator.kubernetes.command.Actors;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Every write to the cluster. A change names the resourceVersion that it was computed from, and is
 * refused by the server if the object is another one by now.
 */
final class Writes {

  private static final int UNPROCESSABLE = 422;

  /** A value that is not valid; a right, a quota or a policy; a policy's own failure. */
  private static final Set<Integer> REFUSALS =
      Set.of(
          HttpURLConnection.HTTP_BAD_REQUEST,
          HttpURLConnection.HTTP_FORBIDDEN,
          UNPROCESSABLE,
          HttpURLConnection.HTTP_INTERNAL_ERROR);

  private final KubernetesClient client;
  private final Reachability reachability;

  Writes(KubernetesClient client, Reachability reachability) {
    this.client = client;
    this.reachability = reachability;
  }

  /** The object is another one than the write was computed from. */
  static final class Conflict extends Exception {
    private static final long serialVersionUID = 1;

    Conflict(String message) {
      super(message, null, false, false);
    }
  }

  /** The server does not create an object, and another try of the same may be refused as well. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message, null, false, false);
    }
  }

  /** Changes an object by a JSON merge patch. */
  <T extends HasMetadata> T merge(T object, ObjectNode patch) throws Conflict {
    String versioned = versioned(object, patch);
    return answer(() -> operation(object).patch(context(PatchType.JSON_MERGE), versioned));
  }

  /**
   * The same, and remembers what the server answered; after a conflict, what there is now, so that
   * the next try is about that.
   */
  <T extends HasMetadata> void merge(Watched<T> watched, T object, ObjectNode patch)
      throws Conflict {
    try {
      watched.wrote(merge(object, patch));
    } catch (Conflict conflict) {
      read(object).ifPresent(watched::wrote);
      throw conflict;
    }
  }

  /** Changes the status of an object that has its status apart, by a JSON merge patch. */
  <T extends HasMetadata> T mergeStatus(T object, ObjectNode status) throws Conflict {
    ObjectNode patch = status.objectNode();
    patch.set("status", status);
    String versioned = versioned(object, patch);
    return answer(() ->
        operation(object).subresource("status").patch(context(PatchType.JSON_MERGE), versioned));
  }

  /** Changes an object by a JSON patch, which must test what it relies on. */
  <T extends HasMetadata> T patch(T object, JsonNode operations) throws Conflict {
    return answer(() -> operation(object).patch(context(PatchType.JSON), operations.toString()));
  }

  /** Creates an object. A conflict means that there is one of this name. */
  <T extends HasMetadata> T create(T object) throws Conflict {
    return answer(() -> operation(object).create());
  }

  /**
   * Creates an object that holds what a user wrote: a policy, a quota or the server's own rules may
   * be against it. A conflict means that there is one of this name.
   */
  <T extends HasMetadata> T createIfAllowed(T object) throws Conflict, Refused {
    return answer(() -> {
      try {
        return operation(object).create();
      } catch (KubernetesClientException failure) {
        if (REFUSALS.contains(failure.getCode()) && failure.getStatus() != null) {
          reachability.answered();
          throw new Refused(failure.getStatus().getMessage());
        }
        throw failure;
      }
    });
  }

  /** Deletes exactly this object; nothing happens where it is gone. */
  void delete(HasMetadata object) throws Conflict {
    answer(() -> {
      client
          .resource(object)
          .lockResourceVersion(object.getMetadata().getResourceVersion())
          .delete();
      return null;
    });
  }

  /** Asks for the end of a pod; says whether it may go now. A pod that is gone already may. */
  boolean evict(String namespace, String pod) {
    try {
      return answer(() -> client.pods().inNamespace(namespace).withName(pod).evict());
    } catch (Conflict gone) {
      return true;
    }
  }

  /** The objects of a kind in a namespace that have this label, whatever its value. */
  <T extends HasMetadata> List<T> list(Class<T> type, String namespace, String label) {
    return client.resources(type).inNamespace(namespace).withLabel(label).list().getItems();
  }

  /** The objects of a kind in a namespace that have this value of a label. */
  <T extends HasMetadata> List<T> list(
      Class<T> type, String namespace, String label, String value) {
    return client.resources(type).inNamespace(namespace).withLabel(label, value).list().getItems();
  }

  /** The object as it is now; empty where it is gone. */
  <T extends HasMetadata> Optional<T> read(T object) {
    return Optional.ofNullable(operation(object).get());
  }

  /** The object of this kind and place as it is now; empty where there is none. */
  <T extends HasMetadata> Optional<T> read(Class<T> type, RolloutKey key) {
    return Optional.ofNullable(
        client.resources(type).inNamespace(key.namespace()).withName(key.name()).get());
  }

  // With the object at hand, the client asks for nothing before it writes.
  private <T extends HasMetadata> NamespaceableResource<T> operation(T object) {
    return client.resource(object);
  }

  private static PatchContext context(PatchType type) {
    return new PatchContext.Builder()
        .withPatchType(type)
        .withFieldManager(Actors.OURSELVES)
        .build();
  }

  private static String versioned(HasMetadata object, ObjectNode patch) {
    ObjectNode versioned = patch.deepCopy();
    versioned
        .withObjectProperty("metadata")
        .put("resourceVersion", object.getMetadata().getResourceVersion());
    return versioned.toString();
  }

  private interface Request<T, E extends Exception> {
    T send() throws E;
  }

  private <T, E extends Exception> T answer(Request<T, E> request) throws Conflict, E {
    try {
      T answer = request.send();
      reachability.answered();
      return answer;
    } catch (KubernetesClientException failure) {
      if (failure.getCause() instanceof IOException) {
        reachability.failed("a write", failure.getCause());
      }
      switch (failure.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND, UNPROCESSABLE ->
            throw new Conflict(failure.getMessage());
        default -> throw failure;
      }
    }
  }
}
