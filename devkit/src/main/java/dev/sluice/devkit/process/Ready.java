package dev.sluice.devkit.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits until a child answers. */
public final class Ready {

  private Ready() {}

  /**
   * Asks again and again until the answer is yes.
   *
   * @throws IllegalStateException with the child's last output, if it ends or the time is over
   */
  public static void await(Child child, Duration limit, BooleanSupplier isReady) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!isReady.getAsBoolean()) {
      boolean alive = child.isAlive();
      if (!alive || System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
        String what = alive ? "is not ready after " + limit.toSeconds() + " s" : "ended at once";
        throw new IllegalStateException(
            child.name() + " " + what + "; log " + child.log() + ":\n" + child.lastOutput());
      }
      LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
    }
  }
}
