package dev.sluice.system.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A page without what differs from run to run. The one rule: ages, hashes of pod templates, ports
 * of 127.0.0.1, throw-away folders and the width of columns count for nothing; all else counts.
 */
final class Steady {

  private static final Map<Pattern, String> RULE = new LinkedHashMap<>();

  static {
    RULE.put(Pattern.compile("127\\.0\\.0\\.1:\\d+"), "127.0.0.1:PORT");
    RULE.put(Pattern.compile("\\S*/sluice-up-\\d+"), "FOLDER");
    RULE.put(Pattern.compile("\\b(?=[a-z]*\\d)[bcdf-hj-np-tv-z24-9]{8,10}\\b"), "HASH");
    // In a column of its own: "duration: 2m" is not an age.
    RULE.put(Pattern.compile("(?<=\\s\\s)(\\d+m)?(\\d+s)?(?<=[ms])(?=\\s\\s|$)"), "AGE");
    RULE.put(Pattern.compile("\\s+"), " ");
  }

  private Steady() {}

  static List<String> of(Page page) {
    return page.lines().stream().map(Steady::of).toList();
  }

  static String of(String line) {
    String steady = line;
    for (var part : RULE.entrySet()) {
      steady = part.getKey().matcher(steady).replaceAll(part.getValue());
    }
    return steady.strip();
  }
}
