package dev.sluice.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.orchestrator.PodMoves.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Plays ReplicaSets whose pods come and go in any order, and asks for the next sizes again and
 * again.
 */
class PodMovesTest {

  private static final int GAMES = 20_000;

  @Test
  void theFirstMoveUsesTheSurgeAndWhatMayBeMissing() {
    PodMoves moves =
        PodMoves.next(
            5,
            new Specification.Budget(2, 1),
            new Side(0, 0, 1, 0),
            new Side(5, 5, 4, 0),
            List.of());
    assertThat(moves).isEqualTo(new PodMoves(1, 4, List.of()));
  }

  @Test
  void whereNoPodMayBeMissingTheCanaryComesFirst() {
    PodMoves moves =
        PodMoves.next(
            10,
            new Specification.Budget(3, 0),
            new Side(0, 0, 3, 0),
            new Side(10, 10, 7, 0),
            List.of());
    assertThat(moves).isEqualTo(new PodMoves(3, 10, List.of()));
  }

  @Test
  void whatNobodyWantsGoesBeforeTheStableSideShrinks() {
    PodMoves moves =
        PodMoves.next(
            3,
            new Specification.Budget(1, 0),
            new Side(0, 0, 1, 0),
            new Side(3, 3, 2, 0),
            List.of(new Side(1, 1, 0, 0)));
    assertThat(moves).isEqualTo(new PodMoves(0, 3, List.of(0)));
  }

  @Test
  void brokenPodsThatNobodyWantsGoAtOnce() {
    PodMoves moves =
        PodMoves.next(
            3,
            new Specification.Budget(1, 0),
            new Side(0, 0, 1, 0),
            new Side(2, 2, 2, 0),
            List.of(new Side(2, 0, 0, 0)));
    assertThat(moves.others()).containsExactly(0);
  }

  @Test
  void aSelectedPodStaysAndBlocksNobody() {
    Side stable = new Side(1, 1, 0, 1);
    PodMoves moves =
        PodMoves.next(1, new Specification.Budget(0, 1), new Side(0, 0, 1, 0), stable, List.of());
    assertThat(moves).isEqualTo(new PodMoves(1, 1, List.of()));
  }

  @Test
  void fromAnywhereTheTargetIsReachedWithinTheBudget() {
    for (int seed = 0; seed < GAMES; seed++) {
      new Game(new Random(seed), seed).play();
    }
  }

  private static final class Game {

    private final Random random;
    private final String name;
    private final int replicas;
    private final Specification.Budget budget;
    private final List<int[]> sets = new ArrayList<>(); // wanted, available
    private final int[] targets;
    private final int[] selected;

    Game(Random random, int seed) {
      this.random = random;
      replicas = random.nextInt(1, 12);
      int surge = random.nextInt(0, 4);
      int unavailable = random.nextInt(surge == 0 ? 1 : 0, replicas + 1);
      budget = new Specification.Budget(surge, unavailable);
      PodSplit split = PodSplit.of(replicas, random.nextInt(0, 101), surge > 0);
      int others = random.nextInt(0, 3);
      targets = new int[2 + others];
      targets[0] = split.canary();
      targets[1] = split.stable();
      selected = new int[2 + others];
      for (int i = 0; i < targets.length; i++) {
        selected[i] = random.nextInt(4) == 0 ? 1 : 0;
        int wanted = random.nextInt(0, replicas + 1);
        sets.add(new int[] {wanted, random.nextInt(0, wanted + 1)});
      }
      name = "seed " + seed + ": " + replicas + " " + budget + " " + split;
    }

    void play() {
      for (int round = 0; round < 400; round++) {
        PodMoves moves = next();
        check(moves);
        apply(moves);
        if (isReached()) {
          return;
        }
        startSome();
      }
      throw new AssertionError(
          name + ": no end, at " + sets.stream().map(s -> s[0] + "/" + s[1]).toList());
    }

    private PodMoves next() {
      List<Side> sides = new ArrayList<>();
      for (int i = 0; i < sets.size(); i++) {
        sides.add(new Side(sets.get(i)[0], sets.get(i)[1], targets[i], selected[i]));
      }
      return PodMoves.next(
          replicas, budget, sides.get(0), sides.get(1), sides.subList(2, sides.size()));
    }

    private void check(PodMoves moves) {
      int total = sum(0);
      int extra = 0;
      for (int i = 0; i < selected.length; i++) {
        extra += Math.max(0, selected[i] - targets[i]);
      }
      int after = moves.canary() + moves.stable() + moves.others().stream().mapToInt(i -> i).sum();
      assertThat(after)
          .as(name)
          .isLessThanOrEqualTo(Math.max(total, replicas + budget.surge() + extra));
      for (int i = 0; i < sets.size(); i++) {
        int size = size(moves, i);
        assertThat(size).as(name).isGreaterThanOrEqualTo(Math.min(sets.get(i)[0], selected[i]));
      }
    }

    // A ReplicaSet that shrinks loses its broken pods first.
    private void apply(PodMoves moves) {
      int before = sum(1);
      for (int i = 0; i < sets.size(); i++) {
        int size = size(moves, i);
        sets.set(i, new int[] {size, Math.min(size, sets.get(i)[1])});
      }
      int broken = Math.max(0, replicas - budget.unavailable() - before);
      // The side that is drained counts with all of its pods, as if they worked.
      if (allWork()) {
        assertThat(sum(1))
            .as(name)
            .isGreaterThanOrEqualTo(replicas - budget.unavailable() - broken);
      }
    }

    private boolean allWork() {
      return sets.stream().allMatch(s -> s[0] == s[1]);
    }

    private void startSome() {
      for (int[] set : sets) {
        if (set[1] < set[0] && random.nextBoolean()) {
          set[1] += random.nextInt(1, set[0] - set[1] + 1);
        }
      }
    }

    private boolean isReached() {
      boolean reached = true;
      for (int i = 0; i < sets.size(); i++) {
        reached &=
            sets.get(i)[0]
                == Math.max(
                    targets[i], Math.min(selected[i], Math.max(sets.get(i)[0], targets[i])));
      }
      return reached;
    }

    private static int size(PodMoves moves, int i) {
      return switch (i) {
        case 0 -> moves.canary();
        case 1 -> moves.stable();
        default -> moves.others().get(i - 2);
      };
    }

    private int sum(int what) {
      return sets.stream().mapToInt(s -> s[what]).sum();
    }
  }
}
