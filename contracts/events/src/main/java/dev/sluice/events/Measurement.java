package dev.sluice.events;

import java.time.Instant;

/**
 * One answer of one metric at one tick. At most one exists for {@code (run, metric, tick)}.
 *
 * @param tick 0, 1, 2, ...
 * @param phase completed: Successful, Failed, Inconclusive or Error
 * @param value as status shows it: {@code [0.001]}, {@code [NaN]}, {@code []}, {@code 0.2}; empty
 *     for an Error
 * @param message why it is an Error or Inconclusive; empty otherwise
 * @param dueAt when the tick was due, whole seconds; the query's time
 * @param startedAt when it was asked
 * @param finishedAt when the answer was judged
 */
public record Measurement(
    int tick,
    AnalysisPhase phase,
    String value,
    String message,
    Instant dueAt,
    Instant startedAt,
    Instant finishedAt) {}
