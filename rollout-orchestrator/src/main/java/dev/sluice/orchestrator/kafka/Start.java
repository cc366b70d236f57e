package dev.sluice.orchestrator.kafka;

/** In which order this package starts; all of it after the store, which knows every state then. */
final class Start {

  static final int RELAY = 200;
  static final int CONSUMERS = 300;

  private Start() {}
}
