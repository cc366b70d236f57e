package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
   * @param ours what we have instead; missing if nothing
   * @param reason why it is meant
   */
  record Known(
      String scenario,
      String landmark,
      String at,
      JsonNode recorded,
      JsonNode ours,
      String reason) {

    boolean covers(String playing, Difference difference) {
      return matches(scenario, playing)
          && matches(landmark, difference.landmark())
          && matches(at, difference.path())
          && (recorded.isMissingNode() || matches(recorded, difference.recorded()))
          && matches(ours, difference.seen());
    }

    private static boolean matches(JsonNode wanted, JsonNode found) {
      return wanted.isTextual() && wanted.asText().startsWith("~")
          ? found.isTextual() && matches(wanted.asText(), found.asText())
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
    return all.stream().filter(known -> !shown.contains(known)).toList();
  }

  private static Known known(JsonNode entry) {
    for (String field : List.of("scenario", "landmark", "reason")) {
      if (entry.path(field).asText().isBlank()) {
        throw new IllegalArgumentException("a known difference without " + field + ": " + entry);
      }
    }
    if (entry.has("ours") == entry.path("absent").asBoolean()) {
      throw new IllegalArgumentException("it has either ours, or absent: true: " + entry);
    }
    return new Known(
        entry.path("scenario").asText(),
        entry.path("landmark").asText(),
        entry.path("at").asText(),
        entry.path("recorded"),
        entry.has("ours") ? entry.get("ours") : MissingNode.getInstance(),
        entry.path("reason").asText());
  }
}
