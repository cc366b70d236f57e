package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * The differences that are meant, each with its reason. One that no scenario shows any more is as
 * wrong as one that nobody meant.
 */
final class KnownDifferences {

  private static final String ANY = "*";

  /**
   * One that is meant.
   *
   * @param scenario its name; {@code *} is any, and a text that begins with {@code ~} an
   *     expression, here and below
   * @param landmark its name
   * @param at where in the landmark; empty for all of it
   * @param recorded what there was; missing if it does not matter
   * @param ours what we have instead; null for nothing, and of an object only what differs
   * @param sometimes whether it depends on how soon something is noticed, so that it need not occur
   * @param reason why it is meant
   */
  record Known(
      String scenario,
      String landmark,
      String at,
      JsonNode recorded,
      JsonNode ours,
      boolean sometimes,
      String reason) {

    boolean covers(String playing, Difference difference) {
      return matches(scenario, playing)
          && matches(landmark, difference.landmark())
          && (recorded.isMissingNode() || matches(recorded, difference.recorded()))
          && isAsOurs(difference);
    }

    private boolean isAsOurs(Difference difference) {
      String path = difference.path();
      if (!path.equals(at) && !path.startsWith(at + "/")) {
        return false;
      }
      JsonNode wanted = ours.at(path.substring(at.length()));
      return wanted.isNull()
          ? difference.seen().isMissingNode()
          : !wanted.isMissingNode() && matches(wanted, difference.seen());
    }

    private static boolean matches(JsonNode wanted, JsonNode found) {
      return wanted.isTextual() && wanted.asText().startsWith("~")
          ? matches(wanted.asText(), found.isTextual() ? found.asText() : found.toString())
          : Times.byPresence(wanted).equals(found);
    }

    private static boolean matches(String wanted, String found) {
      return wanted.equals(ANY)
          || (wanted.startsWith("~")
              ? Pattern.matches(wanted.substring(1), found)
              : wanted.equals(found));
    }
  }

  private final List<Known> all;
  private final Set<Known> shown = ConcurrentHashMap.newKeySet();

  KnownDifferences(List<Known> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Reads the file.
   *
   * @throws IllegalArgumentException where one has no reason, or does not say what we have
   */
  static KnownDifferences read(Path file) {
    try {
      JsonNode entries = new YAMLMapper().readTree(file.toFile());
      return new KnownDifferences(
          StreamSupport.stream(entries.spliterator(), false).map(KnownDifferences::known).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Those that nobody meant. */
  List<Difference> unknown(String scenario, List<Difference> differences) {
    var unknown = new ArrayList<Difference>();
    for (Difference difference : differences) {
      List<Known> covering = all.stream().filter(k -> k.covers(scenario, difference)).toList();
      shown.addAll(covering);
      if (covering.isEmpty()) {
        unknown.add(difference);
      }
    }
    return unknown;
  }

  /** Those that no scenario has shown, once all were played. */
  List<Known> stale() {
    return all.stream().filter(known -> !known.sometimes() && !shown.contains(known)).toList();
  }

  private static Known known(JsonNode entry) {
    for (String field : List.of("scenario", "landmark", "reason")) {
      if (entry.path(field).asText().isBlank()) {
        throw new IllegalArgumentException("a known difference without " + field + ": " + entry);
      }
    }
    if (!entry.has("ours")) {
      throw new IllegalArgumentException("a known difference without ours: " + entry);
    }
    return new Known(
        entry.path("scenario").asText(),
        entry.path("landmark").asText(),
        entry.path("at").asText(),
        entry.path("recorded"),
        entry.get("ours"),
        entry.path("sometimes").asBoolean(),
        entry.path("reason").asText());
  }
}
