package dev.sluice.events;

/** How far a step plugin has come. */
public enum PluginPhase {
  /** It has begun and is to be asked again. */
  RUNNING("Running"),
  /** It is done. */
  SUCCESSFUL("Successful"),
  /** It cannot be done. */
  FAILED("Failed"),
  /** Nobody knows: it could not be asked, or could not answer. It is asked again. */
  ERROR("Error");

  private final String text;

  PluginPhase(String text) {
    this.text = text;
  }

  /** As people and tools write it. */
  public String text() {
    return text;
  }
}
