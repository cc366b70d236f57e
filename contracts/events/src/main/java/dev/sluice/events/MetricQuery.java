package dev.sluice.events;

import java.time.Instant;

/**
 * What a worker asks the metrics gateway: {@code POST /v1/query}.
 *
 * @param provider whom to ask what
 * @param time the tick's time: the same question gets the same answer, whoever asks and whenever
 */
public record MetricQuery(Provider provider, Instant time) {}
