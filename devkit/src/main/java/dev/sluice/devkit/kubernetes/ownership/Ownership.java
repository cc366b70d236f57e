package dev.sluice.devkit.kubernetes.ownership;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.kind.Kind;
import dev.sluice.devkit.kubernetes.object.ApiError;
import dev.sluice.devkit.kubernetes.object.FieldError;
import dev.sluice.devkit.kubernetes.object.Json;
import dev.sluice.devkit.kubernetes.schema.Pruning;
import dev.sluice.devkit.kubernetes.schema.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a write does to the ownership of an object's fields. */
public final class Ownership {
  private static final String LIST = "managedFields";

  /** These nobody owns: they say which object it is, or belong to the server. */
  private static final List<List<String>> NOBODYS =
      List.of(
          List.of("f:apiVersion"),
          List.of("f:kind"),
          List.of("f:metadata", "f:name"),
          List.of("f:metadata", "f:namespace"),
          List.of("f:metadata", "f:uid"),
          List.of("f:metadata", "f:resourceVersion"),
          List.of("f:metadata", "f:generation"),
          List.of("f:metadata", "f:creationTimestamp"),
          List.of("f:metadata", "f:deletionTimestamp"),
          List.of("f:metadata", "f:deletionGracePeriodSeconds"),
          List.of("f:metadata", "f:selfLink"),
          List.of("f:metadata", "f:" + LIST));

  private final Kind kind;
  private final Schema schema;
  private final Author author;
  private final String now;

  public Ownership(Kind kind, Author author, Instant now) {
    this.kind = kind;
    this.schema = kind.wholeSchema();
    this.author = author;
    this.now = Json.time(now);
  }

  /**
   * After a write that is no apply: what it changed is the author's now. Works in place on the
   * object as it is to be stored.
   */
  public void takeOver(ObjectNode old, ObjectNode wanted) {
    // A client may write the list itself; one that leaves it out leaves it as it is.
    boolean brought = !wanted.at("/metadata/" + LIST).isEmpty();
    Managers before = Managers.of(brought ? wanted : old);
    Manager me = manager(Manager.UPDATE);
    Difference difference = new Difference(old, wanted);
    FieldSet mine =
        before
            .fields(me)
            .minus(difference.removed())
            .union(difference.written().minus(notMine(difference.written())));
    boolean same = mine.equals(before.fields(me)) && difference.isEmpty();
    Managers after = before.takenFromOthers(me, difference.all());
    store(wanted, same ? after : after.with(me, mine, now));
  }

  /**
   * What there is with what the author applies, without what the author applied before and leaves
   * out now.
   *
   * @param old empty where there is no such object yet
   * @param force takes fields from others instead of refusing
   */
  public ObjectNode apply(ObjectNode old, ObjectNode applied, boolean force) {
    Managers before = Managers.of(old);
    Manager me = manager(Manager.APPLY);
    FieldSet last = before.fields(me);
    ObjectNode own = own(applied);
    FieldSet mine = fields(own);
    ObjectNode wanted = (ObjectNode) Merge.over(old, own, schema);
    FieldSet held = mine.union(before.othersThan(me)).withAncestors();
    Merge.remove(wanted, last.minus(held), schema);
    Difference difference = new Difference(old, wanted);
    if (!force) {
      refuseConflicts(before, me, difference.written());
    }
    boolean same = mine.equals(last) && difference.isEmpty();
    Managers after = before.takenFromOthers(me, difference.all());
    store(wanted, same ? after : after.with(me, mine, now));
    return wanted;
  }

  /** Whether two states of an object differ in nothing but the times of the managers. */
  public static boolean isSame(ObjectNode old, ObjectNode wanted) {
    return Json.same(withoutTimes(old), withoutTimes(wanted));
  }

  private static ObjectNode withoutTimes(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    copy.at("/metadata/" + LIST).forEach(entry -> ((ObjectNode) entry).remove("time"));
    return copy;
  }

  private static void refuseConflicts(Managers before, Manager me, FieldSet written) {
    List<FieldError> causes = new ArrayList<>();
    for (Managers.Entry entry : before.entries()) {
      if (!entry.manager().isSame(me)) {
        for (String path : entry.fields().and(written).paths()) {
          causes.add(
              new FieldError(
                  "FieldManagerConflict", "conflict with " + entry.manager().text(), path));
        }
      }
    }
    if (!causes.isEmpty()) {
      throw ApiError.applyConflict(causes);
    }
  }

  private void store(ObjectNode wanted, Managers managers) {
    ObjectNode metadata = Json.child(wanted, "metadata");
    JsonNode list = managers.json();
    if (list.isEmpty()) {
      metadata.remove(LIST);
    } else {
      metadata.set(LIST, list);
    }
  }

  private Manager manager(String operation) {
    return new Manager(author.name(), operation, kind.apiVersion(), author.subresource());
  }

  /** The part of an applied object that its author writes; refuses fields that the kind has not. */
  private ObjectNode own(ObjectNode applied) {
    List<String> unknown = Pruning.prune(applied.deepCopy(), kind.schema());
    if (!unknown.isEmpty()) {
      String name = Json.text(applied, "/metadata/name");
      String namespace = Json.text(applied, "/metadata/namespace");
      throw ApiError.unclassified(
          "failed to create typed patch object (%s/%s; %s, Kind=%s): .%s: field not declared in schema"
              .formatted(namespace, name, kind.apiVersion(), kind.name(), unknown.getFirst()));
    }
    ObjectNode own = applied.deepCopy();
    if (kind.hasStatus()) {
      if (author.subresource().equals("status")) {
        own.retain("apiVersion", "kind", "metadata", "status");
        Json.child(own, "metadata").remove(List.of("labels", "annotations"));
      } else {
        own.remove("status");
      }
    }
    return own;
  }

  /**
   * What an author cannot write: status and the rest are written apart, where there is a status.
   */
  private FieldSet notMine(FieldSet set) {
    FieldSet others = new FieldSet();
    if (kind.hasStatus()) {
      boolean status = author.subresource().equals("status");
      others = set.only("f:status");
      return status ? set.minus(others) : others;
    }
    return others;
  }

  private FieldSet fields(ObjectNode object) {
    return somebodys(Fields.of(object, schema));
  }

  private static FieldSet somebodys(FieldSet fields) {
    NOBODYS.forEach(fields::cut);
    fields.find("f:metadata").ifPresent(FieldSet::drop);
    return fields;
  }

  /** What a write added, changed and removed. */
  private final class Difference {
    private final FieldSet written;
    private final FieldSet removed;

    Difference(ObjectNode old, ObjectNode wanted) {
      FieldSet before = Fields.withContainers(old, schema);
      FieldSet after = Fields.withContainers(wanted, schema);
      written = somebodys(after.minus(before).union(Fields.different(old, wanted, schema)));
      removed = somebodys(before.minus(after));
    }

    FieldSet written() {
      return written;
    }

    FieldSet removed() {
      return removed;
    }

    FieldSet all() {
      return written.union(removed);
    }

    boolean isEmpty() {
      return all().isEmpty();
    }
  }
}
