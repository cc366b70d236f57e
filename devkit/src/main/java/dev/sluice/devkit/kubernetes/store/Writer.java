package dev.sluice.devkit.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.BuiltInKinds;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.kind.Trait;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.object.ObjectKey;
import dev.sluice.devkit.kubernetes.ownership.Ownership;
import dev.sluice.devkit.kubernetes.rules.CreateRule;
import dev.sluice.devkit.kubernetes.rules.Decoding;
import dev.sluice.devkit.kubernetes.rules.DeleteRule;
import dev.sluice.devkit.kubernetes.rules.Preconditions;
import dev.sluice.devkit.kubernetes.rules.UpdateRule;
import dev.sluice.devkit.kubernetes.rules.Validation;
import java.util.List;
import java.util.function.UnaryOperator;

/** Create, update, delete: each reads, judges and stores under the store's lock. */
public final class Writer {
  private static final int NAME_ATTEMPTS = 8;

  private final ObjectStore store;
  private final Definitions definitions;
  private final Identities identities;

  public Writer(ObjectStore store, Definitions definitions, Identities identities) {
    this.store = store;
    this.definitions = definitions;
    this.identities = identities;
  }

  /** Part of an object that a write is about. */
  public enum Part {
    /** The object without its status, where that is a subresource. */
    MAIN,
    STATUS,
    /** What the server itself writes: both at once. */
    WHOLE
  }

  public Written create(Kind kind, String namespace, ObjectNode body, WriteOptions options) {
    return store.atomically(() -> {
      if (!Json.text(body, "/metadata/resourceVersion").isEmpty()) {
        throw ApiError.versionAtCreate();
      }
      List<String> dropped = Decoding.decode(kind, new ObjectKey(namespace, ""), body);
      List<String> warnings = options.validation().judge(dropped);
      name(kind, body);
      checkNamespace(kind, ObjectKey.of(body));
      CreateRule.prepare(kind, body, identities.uid(), identities.now());
      Validation.checkNew(kind, body);
      if (store.find(kind.resource(), ObjectKey.of(body)).isPresent()) {
        throw ApiError.alreadyExists(kind.resource(), ObjectKey.of(body).name());
      }
      settle(kind, Json.object(), body, options);
      definitions.beforeWrite(kind, body, identities.now());
      return new Written(options.dryRun() ? body : put(kind, body), true, warnings);
    });
  }

  /** A PUT: the whole object, as somebody wants it. */
  public Written replace(
      Kind kind, ObjectKey key, Part part, ObjectNode body, WriteOptions options) {
    return store.atomically(() -> {
      Preconditions seen = Preconditions.carriedBy(body);
      if (part == Part.MAIN
          && kind.is(Trait.CREATE_ON_UPDATE)
          && seen.equals(Preconditions.NONE)
          && store.find(kind.resource(), key).isEmpty()) {
        Decoding.decode(kind, key, body); // the name in the body must be the one in the address
        return create(kind, key.namespace(), body, options);
      }
      get(kind, key);
      seen.requireVersion(kind, key.name());
      return update(kind, key, part, Preconditions.NONE, old -> body, options);
    });
  }

  /** A change of what is stored, such as a patch. */
  public Written update(
      Kind kind,
      ObjectKey key,
      Part part,
      Preconditions preconditions,
      UnaryOperator<ObjectNode> change,
      WriteOptions options) {
    return store.atomically(() -> {
      ObjectNode old = get(kind, key);
      preconditions.check(kind, old);
      ObjectNode wanted = change.apply(kind.present(old).deepCopy());
      List<String> warnings = options.validation().judge(Decoding.decode(kind, key, wanted));
      Preconditions.carriedBy(wanted).check(kind, old);
      switch (part) {
        case MAIN -> UpdateRule.prepare(kind, old, wanted);
        case STATUS -> UpdateRule.prepareStatus(kind, old, wanted);
        case WHOLE -> {} // nothing to protect from ourselves
      }
      Validation.checkUpdate(kind, old, wanted);
      if (DeleteRule.isReleased(kind, wanted)) {
        return new Written(options.dryRun() ? wanted : remove(kind, wanted), false, warnings);
      }
      settle(kind, old, wanted, options);
      if (Ownership.isSame(old, wanted)) {
        return new Written(old, false, warnings);
      }
      definitions.beforeWrite(kind, wanted, identities.now());
      return new Written(options.dryRun() ? wanted : put(kind, wanted), false, warnings);
    });
  }

  /** Server-side apply: creates what is not there, and merges with what is. */
  public Written apply(
      Kind kind,
      ObjectKey key,
      Part part,
      ObjectNode applied,
      boolean force,
      WriteOptions options) {
    return store.atomically(() -> {
      Ownership ownership = new Ownership(kind, options.author(), identities.now());
      boolean absent = store.find(kind.resource(), key).isEmpty();
      if (absent && part == Part.MAIN) {
        ObjectNode body = ownership.apply(Json.object(), applied, force);
        Decoding.decode(kind, key, body); // the name in the body must be the one in the address
        return create(kind, key.namespace(), body, options);
      }
      return update(
          kind,
          key,
          part,
          Preconditions.NONE,
          old -> ownership.apply(old, applied, force),
          options);
    });
  }

  /** What a deletion left behind. */
  public record Deleted(ObjectNode object, boolean gone) {}

  public Deleted delete(Kind kind, ObjectKey key, DeleteOptions options) {
    return store.atomically(() -> {
      ObjectNode old = get(kind, key);
      options.preconditions().check(kind, old);
      var deletion =
          DeleteRule.decide(kind, old, options.grace(), options.propagation(), identities.now());
      return switch (deletion) {
        case DeleteRule.Remove() -> new Deleted(options.dryRun() ? old : remove(kind, old), true);
        case DeleteRule.Mark(ObjectNode marked) ->
            new Deleted(options.dryRun() ? marked : put(kind, marked), false);
        case DeleteRule.AlreadyMarked() -> new Deleted(old, false);
      };
    });
  }

  public ObjectNode get(Kind kind, ObjectKey key) {
    return store
        .find(kind.resource(), key)
        .orElseThrow(() -> ApiError.notFound(kind.resource(), key.name()));
  }

  private void settle(Kind kind, ObjectNode old, ObjectNode wanted, WriteOptions options) {
    if (!options.applies()) {
      new Ownership(kind, options.author(), identities.now()).takeOver(old, wanted);
    }
  }

  private ObjectNode put(Kind kind, ObjectNode object) {
    ObjectNode stored = store.put(kind.resource(), object);
    definitions.afterWrite(kind, stored);
    return stored;
  }

  private ObjectNode remove(Kind kind, ObjectNode object) {
    ObjectNode gone = store.remove(kind.resource(), object);
    definitions.afterRemoval(kind, gone);
    return gone;
  }

  private void name(Kind kind, ObjectNode object) {
    ObjectNode metadata = Json.child(object, "metadata");
    String base = metadata.path("generateName").asText("");
    if (!metadata.path("name").asText("").isEmpty() || base.isEmpty()) {
      return;
    }
    for (int attempt = 0; attempt < NAME_ATTEMPTS; attempt++) {
      metadata.put("name", identities.name(base));
      if (store.find(kind.resource(), ObjectKey.of(object)).isEmpty()) {
        return;
      }
    }
  }

  private void checkNamespace(Kind kind, ObjectKey key) {
    if (!kind.namespaced()) {
      return;
    }
    ObjectNode namespace = get(BuiltInKinds.NAMESPACE, new ObjectKey("", key.namespace()));
    if (namespace.path("metadata").has("deletionTimestamp")) {
      throw ApiError.forbidden(
          kind.resource(),
          key.name(),
          "unable to create new content in namespace %s because it is being terminated"
              .formatted(key.namespace()));
    }
  }
}
