package dev.sluice.system.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Makes a failing run shorter: leaves out faults, acts of people and steps of the Rollout as long
 * as the same invariant still breaks. What is left is small, not smallest: chance goes other ways
 * where something is missing.
 */
final class Shrinker {

  private static final int ROUNDS = 3;

  private final Function<Script, Optional<Failure>> play;
  private Failure shortest;

  private Shrinker(Failure failure, Function<Script, Optional<Failure>> play) {
    this.play = play;
    shortest = failure;
  }

  /** The shortest that is found; plays it in full where nothing can be left out. */
  static Failure shrink(Failure failure, Function<Script, Optional<Failure>> play) {
    Shrinker shrinker = new Shrinker(failure, play);
    String before = "";
    for (int i = 0; i < ROUNDS && !before.equals(shrinker.shortest.script().toString()); i++) {
      before = shrinker.shortest.script().toString();
      shrinker.leaveOutStrikes();
      shrinker.leaveOutActs();
      shrinker.leaveOutSteps();
    }
    return shrinker.shortest;
  }

  private void leaveOutStrikes() {
    SortedSet<Script.Strike> left = shortest.script().strikes();
    leaveOut(left == null ? shortest.strikes() : left, Script::withStrikes);
  }

  private void leaveOutActs() {
    SortedSet<Integer> left = shortest.script().acts();
    leaveOut(left == null ? upTo(shortest.acts()) : left, Script::withActs);
  }

  private void leaveOutSteps() {
    StepLists.names().stream()
        .sorted(Comparator.comparing(name -> StepLists.named(name).size()))
        .filter(this::isShorter)
        .anyMatch(name -> stillBreaks(shortest.script().withSteps(name)));
  }

  private boolean isShorter(String steps) {
    String now = shortest.script().steps();
    return now == null || StepLists.named(steps).size() < StepLists.named(now).size();
  }

  // Halves first, then smaller parts, in the end one by one.
  private <T> void leaveOut(SortedSet<T> all, BiFunction<Script, SortedSet<T>, Script> with) {
    List<T> left = new ArrayList<>(all);
    for (int part = left.size(); part > 0; part /= 2) {
      int from = 0;
      while (from < left.size()) {
        List<T> fewer = new ArrayList<>(left);
        fewer.subList(from, Math.min(from + part, left.size())).clear();
        if (stillBreaks(with.apply(shortest.script(), new TreeSet<>(fewer)))) {
          left = fewer;
        } else {
          from += part;
        }
      }
    }
  }

  private boolean stillBreaks(Script script) {
    Optional<Failure> failure =
        play.apply(script).filter(f -> f.invariant().equals(shortest.invariant()));
    failure.ifPresent(f -> shortest = f);
    return failure.isPresent();
  }

  private static SortedSet<Integer> upTo(int last) {
    return new TreeSet<>(IntStream.rangeClosed(1, last).boxed().toList());
  }
}
