package dev.sluice.orchestrator.kubernetes.command;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Who wrote a field, as far as the API server knows: the name of the tool, not of the person. */
public final class Actors {

  /** The name under which Sluice itself writes. */
  public static final String OURSELVES = "sluice";

  private static final String UNKNOWN = "unknown";

  private Actors() {}

  /**
   * The newest writer of a field who is not Sluice; {@code unknown} where the server does not say.
   *
   * @param metadata of the object
   * @param part {@code spec} or {@code status}
   * @param field in it
   */
  public static String of(ObjectMeta metadata, String part, String field) {
    List<ManagedFieldsEntry> others =
        Objects.requireNonNullElse(metadata.getManagedFields(), List.<ManagedFieldsEntry>of())
            .stream()
            .filter(entry -> entry.getManager() != null)
            .filter(entry -> !entry.getManager().equals(OURSELVES))
            .toList();
    Comparator<ManagedFieldsEntry> byTime =
        Comparator.comparing(entry -> Objects.requireNonNullElse(entry.getTime(), ""));
    return others.stream()
        .filter(entry -> owns(entry, part, field))
        .max(byTime)
        .map(ManagedFieldsEntry::getManager)
        .orElse(UNKNOWN);
  }

  private static boolean owns(ManagedFieldsEntry entry, String part, String field) {
    return entry.getFieldsV1() != null
        && entry.getFieldsV1().getAdditionalProperties().get("f:" + part)
            instanceof Map<?, ?> fields
        && fields.containsKey("f:" + field);
  }
}
