package dev.sluice.orchestrator.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.events.MessageCodec;
import dev.sluice.orchestrator.Progress;
import dev.sluice.orchestrator.Rollout;
import dev.sluice.orchestrator.Rollouts.Committed;
import dev.sluice.orchestrator.Specification;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.DynamicUpdate;

/** A Rollout as it was last committed. What was projected is in the same row, and not in here. */
@Entity
@Table(name = "rollout")
@DynamicUpdate
class RolloutRow {

  @Id String uid;
  String namespace;
  String name;
  short shard;
  long epoch;
  long seq;
  long version;
  String state;
  String hash;
  boolean gone;

  @Column(name = "push_repository")
  String pushRepository;

  @Column(name = "push_tag")
  String pushTag;

  Rollout rollout() {
    try {
      return MessageCodec.mapper().readValue(state, Rollout.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot read the state of " + uid, e);
    }
  }

  Committed committed() {
    return new Committed(rollout(), version);
  }

  /** Replaces the state by the next one. */
  void move(Rollout next, String lastHash) {
    epoch = next.epoch();
    seq = next.seq();
    version++;
    state = write(next);
    hash = lastHash;
    gone = next.progress() instanceof Progress.Gone;
    Specification.PushRule rule =
        next.specification() == null || gone ? null : next.specification().pushRule();
    pushRepository = rule == null ? null : rule.repository();
    pushTag = rule == null ? null : rule.tag();
  }

  static String write(Rollout rollout) {
    try {
      return MessageCodec.mapper().writeValueAsString(rollout);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write the state of " + rollout.identity(), e);
    }
  }
}
