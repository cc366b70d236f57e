package dev.sluice.events;

/** What a step plugin is asked to do. */
public enum PluginOperation {
  /** Its part of the step; asked again until it says that this is done, or cannot be. */
  RUN("Run"),
  /** Stop: the update is promoted without it. */
  TERMINATE("Terminate"),
  /** Take back what it did: the update is aborted. */
  ABORT("Abort");

  private final String text;

  PluginOperation(String text) {
    this.text = text;
  }

  /** As people and tools write it. */
  public String text() {
    return text;
  }
}
