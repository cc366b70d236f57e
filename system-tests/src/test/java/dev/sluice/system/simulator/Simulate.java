package dev.sluice.system.simulator;

import dev.sluice.system.simulator.invariant.Invariant;
import dev.sluice.system.simulator.invariant.Invariants;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code ./sluice simulate}: plays as many seeds as asked. Of the lowest that breaks it prints the
 * shortest trace that it finds, and how to play that again.
 */
final class Simulate {

  private static final Duration PROGRESS = Duration.ofSeconds(5);

  private final SimulateOptions options;
  private final PrintStream out;
  private final AtomicLong played = new AtomicLong();
  private final AtomicLong told = new AtomicLong(System.nanoTime());
  private final long begun = System.nanoTime();

  private Simulate(SimulateOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  public static void main(String... arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.print(SimulateOptions.USAGE);
      return;
    }
    try {
      System.exit(run(System.out, arguments) ? 0 : 1);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.print(SimulateOptions.USAGE);
      System.exit(2);
    }
  }

  /** Says whether nothing broke. */
  static boolean run(PrintStream out, String... arguments) {
    SimulateOptions options = SimulateOptions.parse(List.of(arguments));
    Simulate simulate = new Simulate(options, out);
    return options.isOne() ? simulate.one() : simulate.many();
  }

  private boolean one() {
    Optional<Failure> failure = play(options.script(), Trace.Lines.AT_ONCE);
    failure.ifPresent(f -> f.verdict(options.guards()).forEach(out::println));
    return failure.isEmpty();
  }

  private boolean many() {
    Optional<Failure> failure =
        Seeds.lowest(
            options.first(),
            options.last(),
            seed -> {
              Optional<Failure> broken = play(Script.of(seed), Trace.Lines.LAST);
              played.incrementAndGet();
              progress(broken);
              return broken;
            });
    if (failure.isEmpty()) {
      out.printf("nothing broke in %d seeds, from %d%n", played.get(), options.first());
      return true;
    }
    out.printf("seed %d breaks; looking for a shorter run%n", failure.get().script().seed());
    Failure shortest = Shrinker.shrink(failure.get(), script -> play(script, Trace.Lines.ALL));
    shortest.lines(options.guards()).forEach(out::println);
    return false;
  }

  private Optional<Failure> play(Script script, Trace.Lines lines) {
    return Failure.of(new Simulation(script, options.guards(), lines, this::asked), options.mode());
  }

  private List<Invariant> asked() {
    return Invariants.all().stream()
        .filter(i -> options.asked().isEmpty() || i.id().equals(options.asked()))
        .toList();
  }

  private void progress(Optional<Failure> broken) {
    long before = told.get();
    long now = System.nanoTime();
    if (now - before > PROGRESS.toNanos() && told.compareAndSet(before, now)) {
      out.printf(
          "%d of %d seeds, %d a second%s%n",
          played.get(),
          options.last() - options.first() + 1,
          played.get() * Duration.ofSeconds(1).toNanos() / (now - begun),
          broken.isPresent() ? ", one broke" : "");
    }
  }
}
