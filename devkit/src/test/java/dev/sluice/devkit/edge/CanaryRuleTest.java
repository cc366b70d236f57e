package dev.sluice.devkit.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CanaryRuleTest {

  @Test
  void aWeightIsAPartOfAHundredRequests() {
    assertThat(requestsTakenOf(100, Map.of("canary-weight", "0"))).isZero();
    assertThat(requestsTakenOf(100, Map.of("canary-weight", "5"))).isEqualTo(5);
    assertThat(requestsTakenOf(100, Map.of("canary-weight", "100"))).isEqualTo(100);
    assertThat(requestsTakenOf(100, Map.of())).isZero();
  }

  @Test
  void aTotalCountsOnlyAboveAHundred() {
    assertThat(requestsTakenOf(1000, Map.of("canary-weight", "7", "canary-weight-total", "1000")))
        .isEqualTo(7);
    assertThat(requestsTakenOf(100, Map.of("canary-weight", "25", "canary-weight-total", "50")))
        .isEqualTo(25);
  }

  @Test
  void aWeightFromTheTotalOnTakesAll() {
    assertThat(requestsTakenOf(100, Map.of("canary-weight", "150"))).isEqualTo(100);
  }

  @Test
  void aBadWeightIsNoneAndABadTotalIsAHundred() {
    assertThat(requestsTakenOf(100, Map.of("canary-weight", "5.5"))).isZero();
    assertThat(requestsTakenOf(100, Map.of("canary-weight", "5", "canary-weight-total", "many")))
        .isEqualTo(5);
  }

  @Test
  void aHeaderOverridesTheWeightByAlwaysAndNeverOnly() {
    var half = Map.of("canary-weight", "50", "canary-by-header", "X-Canary");
    assertThat(picks(half, "always", null, 100)).isTrue();
    assertThat(picks(half, "never", null, 1)).isFalse();
    assertThat(picks(half, "Always", null, 100)).isFalse();
    assertThat(picks(half, "Always", null, 50)).isTrue();
    assertThat(picks(half, null, null, 51)).isFalse();
  }

  @Test
  void withAHeaderValueEverythingElseFallsThrough() {
    var rule =
        Map.of(
            "canary-weight", "0", "canary-by-header", "X-Region", "canary-by-header-value", "eu");
    assertThat(picks(rule, "eu", null, 100)).isTrue();
    assertThat(picks(rule, "always", null, 1)).isFalse();
    assertThat(
            picks(
                Map.of(
                    "canary-weight",
                    "100",
                    "canary-by-header",
                    "X-Region",
                    "canary-by-header-value",
                    "eu"),
                "never",
                null,
                100))
        .isTrue();
  }

  @Test
  void aHeaderPatternIsSearchedFor() {
    var rule = Map.of("canary-by-header", "X-Region", "canary-by-header-pattern", "^eu-|^us-east$");
    assertThat(picks(rule, "eu-west", null, 100)).isTrue();
    assertThat(picks(rule, "us-east-1", null, 100)).isFalse();
    assertThat(
            picks(
                Map.of("canary-by-header", "X-Region", "canary-by-header-pattern", "("),
                "(",
                null,
                100))
        .isFalse();
  }

  @Test
  void aCookieComesAfterTheHeaderAndBeforeTheWeight() {
    var rule =
        Map.of("canary-weight", "50", "canary-by-header", "X-Canary", "canary-by-cookie", "canary");
    assertThat(picks(rule, null, "always", 100)).isTrue();
    assertThat(picks(rule, null, "never", 1)).isFalse();
    assertThat(picks(rule, "never", "always", 1)).isFalse();
    assertThat(picks(rule, "maybe", "always", 100)).isTrue();
    assertThat(picks(rule, null, "perhaps", 50)).isTrue();
  }

  @Test
  void onlyTrueMakesACanary() {
    assertThat(CanaryRule.isCanary(prefixed(Map.of("canary", "true")))).isTrue();
    assertThat(CanaryRule.isCanary(prefixed(Map.of("canary", "True")))).isFalse();
    assertThat(CanaryRule.isCanary(prefixed(Map.of("canary-weight", "5")))).isFalse();
  }

  private static int requestsTakenOf(int total, Map<String, String> annotations) {
    int taken = 0;
    for (int random = 1; random <= total; random++) {
      taken += picks(annotations, null, null, random) ? 1 : 0;
    }
    return taken;
  }

  private static boolean picks(
      Map<String, String> annotations, String header, String cookie, int random) {
    return CanaryRule.of(prefixed(annotations))
        .picks(name -> header, name -> cookie, bound -> random);
  }

  private static Map<String, String> prefixed(Map<String, String> annotations) {
    var prefixed = new HashMap<String, String>();
    annotations.forEach((key, value) -> prefixed.put(CanaryRule.PREFIX + key, value));
    return prefixed;
  }
}
