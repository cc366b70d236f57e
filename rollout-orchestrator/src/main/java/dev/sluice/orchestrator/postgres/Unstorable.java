package dev.sluice.orchestrator.postgres;

import java.util.Set;
import org.hibernate.JDBCException;

/** Tells what PostgreSQL will never take from what it does not take now. */
final class Unstorable {

  /** Classes of SQLSTATE: a value that no column can have, and one that is too large. */
  private static final Set<String> CLASSES = Set.of("22", "54");

  private Unstorable() {}

  /** Whether it would fail the same way whenever it is tried again. */
  static boolean is(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JDBCException refusal && isNever(refusal.getSQLState())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNever(String sqlState) {
    return sqlState != null && CLASSES.contains(sqlState.substring(0, 2));
  }
}
