package dev.sluice.devkit.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times inside a PromQL query: ranges, resolutions of subqueries, and offsets. */
final class PromqlRanges {

  /** Four scrapes at one a second: with fewer a rate is a guess. */
  static final Duration SHORTEST = Duration.ofSeconds(4);

  private static final String TIME = "(?:\\d+(?:ms|[smhdwy]))+";
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|[smhdwy])");

  /** Text in quotes comes first, so that nothing is found inside of it. */
  private static final Pattern PLACE =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|`[^`]*`"
              + "|\\[\\s*(?<range>"
              + TIME
              + ")\\s*(?::\\s*(?<resolution>"
              + TIME
              + ")?\\s*)?\\]"
              + "|\\boffset\\s+-?\\s*(?<offset>"
              + TIME
              + ")");

  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1),
          "w", Duration.ofDays(7),
          "y", Duration.ofDays(365));

  /** One range that became another. */
  record Difference(String from, String to) {}

  private PromqlRanges() {}

  /** The query with every time changed; a range is at least {@link #SHORTEST}. */
  static String rewrite(String query, UnaryOperator<Duration> change) {
    var result = new StringBuilder();
    int copied = 0;
    Matcher place = PLACE.matcher(query);
    while (place.find()) {
      for (String group : List.of("range", "resolution", "offset")) {
        if (place.group(group) != null) {
          Duration time = change.apply(parse(place.group(group)));
          if (group.equals("range") && time.compareTo(SHORTEST) < 0) {
            time = SHORTEST;
          }
          result.append(query, copied, place.start(group)).append(time.toSeconds()).append('s');
          copied = place.end(group);
        }
      }
    }
    return result.append(query, copied, query.length()).toString();
  }

  /** What differs between a query and its rewritten form, each difference once. */
  static List<Difference> differences(String from, String to) {
    var before = places(from);
    var after = places(to);
    var differences = new LinkedHashSet<Difference>();
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i))) {
        differences.add(new Difference(before.get(i), after.get(i)));
      }
    }
    return List.copyOf(differences);
  }

  private static List<String> places(String query) {
    var places = new ArrayList<String>();
    Matcher place = PLACE.matcher(query);
    while (place.find()) {
      places.add(place.group());
    }
    return places;
  }

  private static Duration parse(String time) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(time);
    while (part.find()) {
      sum = sum.plus(UNITS.get(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
    }
    return sum;
  }
}
