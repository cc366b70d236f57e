package dev.sluice.orchestrator;

import java.time.Instant;

/** Whether pods are to be replaced although their template is as before. */
public sealed interface Restart {

  /** Nobody has asked. */
  record Never() implements Restart {}

  /** Its moment is yet to come. */
  record Awaited(Instant at) implements Restart {}

  /** Pods that are older than this are being evicted, a few at a time. */
  record UnderWay(Instant at) implements Restart {}

  /** No pod is older than this. */
  record Done(Instant at) implements Restart {}
}
