package dev.sluice.system.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where landmarks differ from the recorded ones. Sequences must be equal, of numbers of pods only
 * the first and the last one (the invariants say what may be between); times are compared by
 * presence; recorded events must be there, more may be.
 */
final class Comparison {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNode NOTHING = MissingNode.getInstance();

  /** Plain, stable, canary, stable: before it began to flip. */
  private static final int SELECTORS_OF_AN_ABORT = 4;

  private final Set<String> lacks;
  private final List<Difference> found = new ArrayList<>();

  private Comparison(Set<String> lacks) {
    this.lacks = lacks;
  }

  static List<Difference> of(Recording recording, Map<String, JsonNode> seen) {
    var comparison = new Comparison(recording.lacks());
    Map<String, JsonNode> recorded = expected(recording);
    Set<String> names = new TreeSet<>(recorded.keySet());
    names.addAll(seen.keySet());
    for (String name : names) {
      boolean free = recording.varies().containsKey(name) && !recorded.containsKey(name);
      if (!free) {
        comparison.compare(
            name, recorded.getOrDefault(name, NOTHING), seen.getOrDefault(name, NOTHING));
      }
    }
    return List.copyOf(comparison.found);
  }

  // A canary Service that flipped is compared up to where it should have stayed.
  private static Map<String, JsonNode> expected(Recording recording) {
    var expected = new TreeMap<String, JsonNode>(recording.same());
    recording
        .varies()
        .forEach((name, runs) -> {
          if (name.startsWith("services/")) {
            ArrayNode once = MAPPER.createArrayNode();
            for (int i = 0; i < SELECTORS_OF_AN_ABORT && i < runs.get(0).size(); i++) {
              once.add(runs.get(0).get(i));
            }
            expected.put(name, once);
          }
        });
    return expected;
  }

  private void compare(String name, JsonNode recorded, JsonNode seen) {
    if (name.startsWith("events/")) {
      var missing = new TreeSet<>(texts(recorded));
      missing.removeAll(texts(seen));
      missing.forEach(
          text -> found.add(new Difference(name, "", MAPPER.valueToTree(text), NOTHING)));
    } else if (name.startsWith("replicasets/") || name.startsWith("deployments/")) {
      different(name, "", ends(recorded), ends(seen));
    } else {
      different(name, "", comparable(recorded), comparable(seen));
    }
  }

  private void different(String name, String path, JsonNode recorded, JsonNode seen) {
    if (recorded.isObject() && seen.isObject()) {
      Set<String> fields = new TreeSet<>();
      recorded.fieldNames().forEachRemaining(fields::add);
      seen.fieldNames().forEachRemaining(fields::add);
      for (String field : fields) {
        different(name, path + "/" + field, recorded.path(field), seen.path(field));
      }
    } else if (!recorded.equals(seen)
        && !(name.endsWith(" final status") && lacks.contains(path))) {
      found.add(new Difference(name, path, recorded, seen));
    }
  }

  private static Set<String> texts(JsonNode list) {
    Set<String> texts = new HashSet<>();
    list.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode ends(JsonNode sequence) {
    if (sequence.size() <= 2) {
      return sequence;
    }
    return MAPPER.createArrayNode().add(sequence.get(0)).add(sequence.get(sequence.size() - 1));
  }

  // Conditions are found by their type, wherever they stand.
  private static JsonNode comparable(JsonNode value) {
    JsonNode timeless = Times.byPresence(value);
    if (!timeless.path("conditions").isArray()) {
      return timeless;
    }
    ObjectNode byType = MAPPER.createObjectNode();
    timeless
        .path("conditions")
        .forEach(condition -> byType.set(condition.path("type").asText(), condition));
    return ((ObjectNode) timeless).set("conditions", byType);
  }
}
