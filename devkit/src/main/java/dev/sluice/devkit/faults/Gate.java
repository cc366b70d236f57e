package dev.sluice.devkit.faults;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets pieces of a connection pass, late or not before the fault is over. */
final class Gate {

  enum Direction {
    REQUEST,
    ANSWER
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Fault fault = Fault.PASS;
  private Duration latency = Duration.ZERO;

  void set(Fault newFault, Duration newLatency) {
    lock.lock();
    try {
      fault = newFault;
      latency = newLatency;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Fault fault() {
    lock.lock();
    try {
      return fault;
    } finally {
      lock.unlock();
    }
  }

  /** Returns when the piece may go on. */
  void pass(Direction direction) throws InterruptedException {
    Duration wait;
    lock.lock();
    try {
      while (holds(direction)) {
        changed.await();
      }
      wait = fault == Fault.LATENCY ? latency : Duration.ZERO;
    } finally {
      lock.unlock();
    }
    if (!wait.isZero()) {
      Thread.sleep(wait);
    }
  }

  private boolean holds(Direction direction) {
    return switch (fault) {
      case BLACKHOLE -> true;
      case HALF -> direction == Direction.ANSWER;
      case PASS, LATENCY, RESET, REFUSE -> false;
    };
  }
}
