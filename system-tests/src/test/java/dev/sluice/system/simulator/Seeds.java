package dev.sluice.system.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;

/**
 * Plays seeds on all cores, and finds the lowest one that has something to show, however many cores
 * there are.
 *
 * @param <T> what a seed may show
 */
final class Seeds<T> {

  private final LongFunction<Optional<T>> play;
  private long next;
  private long last;
  private T shown;

  private Seeds(long first, long last, LongFunction<Optional<T>> play) {
    this.play = play;
    this.last = last;
    next = first;
  }

  /** What the lowest seed shows that shows anything; those above it may not be played. */
  static <T> Optional<T> lowest(long first, long last, LongFunction<Optional<T>> play) {
    Seeds<T> seeds = new Seeds<>(first, last, play);
    int cores = Runtime.getRuntime().availableProcessors();
    List<Future<?>> players = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
      for (int i = 0; i < cores; i++) {
        players.add(threads.submit(seeds::playAll));
      }
    }
    players.forEach(Seeds::passOn);
    return Optional.ofNullable(seeds.shown);
  }

  private void playAll() {
    for (long seed = take(); seed >= 0; seed = take()) {
      long played = seed;
      play.apply(seed).ifPresent(what -> show(played, what));
    }
  }

  // None above the lowest that has shown something.
  private synchronized long take() {
    return next > last ? -1 : next++;
  }

  private synchronized void show(long seed, T what) {
    if (seed <= last) {
      last = seed - 1;
      shown = what;
    }
  }

  private static void passOn(Future<?> player) {
    try {
      player.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
