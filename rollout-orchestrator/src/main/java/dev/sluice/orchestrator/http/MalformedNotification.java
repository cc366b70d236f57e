package dev.sluice.orchestrator.http;

/** A notification that is none, with what is wrong where. */
final class MalformedNotification extends Exception {

  private static final long serialVersionUID = 1;

  /**
   * @param where for instance {@code events[0].target.digest}; empty for the whole
   * @param what is wrong
   */
  MalformedNotification(String where, String what) {
    super(where.isEmpty() ? what : where + ": " + what);
  }
}
