package dev.sluice.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodSplitTest {

  @ParameterizedTest
  @CsvSource({
    // replicas, weight, may add one, canary, stable
    "10,  10, true,  1,  9",
    "10,  30, false, 3,  7",
    " 5,  20, true,  1,  4",
    " 5,  60, true,  3,  2",
    " 3,  34, true,  1,  2",
    " 3,  67, true,  2,  1",
    " 4,   1, true,  1,  4",
    " 4,  99, true,  4,  1",
    " 1,   5, true,  1,  1",
    " 1,   5, false, 0,  1",
    " 1,  50, false, 1,  0",
    " 2,  50, false, 1,  1",
    " 3,  50, false, 2,  1",
    " 3,  50, true,  2,  2",
    " 5,  90, false, 4,  1",
    " 7,   0, true,  0,  7",
    " 7, 100, true,  7,  0",
    " 0,  50, true,  0,  0"
  })
  void comesNearestToTheWeight(
      int replicas, int weight, boolean mayAddOne, int canary, int stable) {
    assertThat(PodSplit.of(replicas, weight, mayAddOne)).isEqualTo(new PodSplit(canary, stable));
  }

  @Test
  void bothSidesHavePodsWhereverBothHaveAShare() {
    forAll((replicas, weight, mayAddOne) -> {
      PodSplit split = PodSplit.of(replicas, weight, mayAddOne);
      boolean both = weight > 0 && weight < 100 && (replicas > 1 || mayAddOne);
      if (both) {
        assertThat(split.canary()).as("%d at %d", replicas, weight).isPositive();
        assertThat(split.stable()).as("%d at %d", replicas, weight).isPositive();
      }
    });
  }

  @Test
  void thereIsAtMostOnePodMoreAndNeverOneLess() {
    forAll((replicas, weight, mayAddOne) -> {
      PodSplit split = PodSplit.of(replicas, weight, mayAddOne);
      assertThat(split.canary() + split.stable())
          .as("%d at %d", replicas, weight)
          .isBetween(replicas, replicas + (mayAddOne ? 1 : 0));
    });
  }

  @Test
  void noOtherSplitComesNearer() {
    forAll((replicas, weight, mayAddOne) -> {
      double chosen = deviation(PodSplit.of(replicas, weight, mayAddOne), weight);
      boolean mayBeNone = weight == 0 || weight == 100 || (replicas == 1 && !mayAddOne);
      for (int total = replicas; total <= replicas + (mayAddOne ? 1 : 0); total++) {
        for (int canary = mayBeNone ? 0 : 1; canary <= (mayBeNone ? total : total - 1); canary++) {
          assertThat(chosen)
              .as("%d at %d: %d of %d", replicas, weight, canary, total)
              .isLessThanOrEqualTo(deviation(new PodSplit(canary, total - canary), weight) + 1e-9);
        }
      }
    });
  }

  private static double deviation(PodSplit split, int weight) {
    return Math.abs(100.0 * split.canary() / (split.canary() + split.stable()) - weight);
  }

  private interface Claim {
    void check(int replicas, int weight, boolean mayAddOne);
  }

  private static void forAll(Claim claim) {
    for (int replicas = 1; replicas <= 40; replicas++) {
      for (int weight = 0; weight <= 100; weight++) {
        claim.check(replicas, weight, true);
        claim.check(replicas, weight, false);
      }
    }
  }
}
