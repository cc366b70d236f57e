package dev.sluice.orchestrator.postgres;

import dev.sluice.orchestrator.Rollout;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Something that is due at a moment. */
@Entity
@Table(name = "timer")
@IdClass(TimerRow.Key.class)
class TimerRow {

  record Key(String uid, String timerId) {}

  /** What is due when, as the column keeps it. */
  record Armed(String timer, Instant fireAt) {}

  @Id String uid;

  @Id
  @Column(name = "timer_id")
  String timerId;

  @Column(name = "fire_at")
  Instant fireAt;

  long epoch;
  String kind;

  static List<TimerRow> of(Rollout rollout, Map<String, Instant> timers) {
    return timers.entrySet().stream()
        .map(timer -> of(rollout, timer.getKey(), timer.getValue()))
        .toList();
  }

  private static TimerRow of(Rollout rollout, String timer, Instant fireAt) {
    TimerRow row = new TimerRow();
    row.uid = rollout.identity().uid();
    row.timerId = timer;
    row.fireAt = notBefore(fireAt);
    row.epoch = rollout.epoch();
    row.kind = timer.contains(":") ? timer.substring(0, timer.indexOf(':')) : timer;
    return row;
  }

  Armed armed() {
    return new Armed(timerId, fireAt);
  }

  static Set<Armed> armed(Map<String, Instant> timers) {
    return timers.entrySet().stream()
        .map(timer -> new Armed(timer.getKey(), notBefore(timer.getValue())))
        .collect(Collectors.toSet());
  }

  // The column holds microseconds; a timer that fires early would be refused, and is not repeated.
  static Instant notBefore(Instant moment) {
    Instant cut = moment.truncatedTo(ChronoUnit.MICROS);
    return cut.equals(moment) ? cut : cut.plus(1, ChronoUnit.MICROS);
  }
}
