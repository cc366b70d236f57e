package dev.sluice.analysis.kafka;

import dev.sluice.analysis.Run;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A run in the hands of its partition.
 *
 * @param desired the record that wants it
 * @param traceparent of that record, or null
 * @param run as committed
 */
record Known(ConsumerRecord<String, byte[]> desired, String traceparent, Run run) {

  Known with(Run next) {
    return new Known(desired, traceparent, next);
  }
}
