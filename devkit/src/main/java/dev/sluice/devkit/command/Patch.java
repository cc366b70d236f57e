package dev.sluice.devkit.command;

/**
 * A change of one object, as the kubectl plugin of Argo Rollouts sends it.
 *
 * @param form how it is sent
 * @param body JSON
 */
public record Patch(Form form, String body) {

  /** How a patch is sent. */
  public enum Form {
    /** A merge patch of the object. */
    MERGE,
    /** A merge patch of its status subresource. */
    STATUS,
    /** A list of operations on the object. */
    OPERATIONS,
    /** A list of operations on the workload that the Rollout refers to. */
    WORKLOAD_OPERATIONS
  }

  static Patch spec(String fields) {
    return new Patch(Form.MERGE, "{\"spec\":{" + fields + "}}");
  }

  static Patch status(String fields) {
    return new Patch(Form.STATUS, "{\"status\":{" + fields + "}}");
  }
}
