package dev.sluice.devkit.faults;

/** What a {@link FaultProxy} does to its connections. */
public enum Fault {
  /** Nothing: bytes pass. */
  PASS,
  /** Bytes pass late, in both directions. */
  LATENCY,
  /** Bytes wait, in both directions, until the fault is over: a dropped link that TCP repairs. */
  BLACKHOLE,
  /** Open connections are reset, and new ones as soon as they are accepted. */
  RESET,
  /** Open connections are reset, and nobody listens. */
  REFUSE,
  /** Requests arrive and answers wait until the fault is over: what happened is unknown. */
  HALF
}
