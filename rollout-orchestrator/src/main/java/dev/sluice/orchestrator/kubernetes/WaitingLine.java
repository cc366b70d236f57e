package dev.sluice.orchestrator.kubernetes;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who waits to be worked on. What is urgent goes first, in the order in which it came; but after
 * some of it comes one of the others, so that nothing waits for ever. Not safe for threads.
 *
 * @param <K> what is worked on
 */
final class WaitingLine<K> {

  private static final int URGENT_IN_A_ROW = 3;

  private final Set<K> urgent = new LinkedHashSet<>();
  private final Set<K> others = new LinkedHashSet<>();
  private int urgentInARow;

  boolean isEmpty() {
    return urgent.isEmpty() && others.isEmpty();
  }

  boolean hasUrgent() {
    return !urgent.isEmpty();
  }

  /** Waits from now on; one that waits already keeps its turn, or becomes urgent. */
  void add(K key, boolean isUrgent) {
    if (isUrgent) {
      others.remove(key);
      urgent.add(key);
    } else if (!urgent.contains(key)) {
      others.add(key);
    }
  }

  /** Whose turn it is; somebody waits. */
  K next() {
    boolean isOthersTurn = urgent.isEmpty() || !others.isEmpty() && urgentInARow >= URGENT_IN_A_ROW;
    urgentInARow = isOthersTurn ? 0 : urgentInARow + 1;
    Iterator<K> line = (isOthersTurn ? others : urgent).iterator();
    K next = line.next();
    line.remove();
    return next;
  }
}
