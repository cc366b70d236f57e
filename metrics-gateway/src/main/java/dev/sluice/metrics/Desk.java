package dev.sluice.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which question goes to its provider, and when. Each endpoint has a lane of its own, so
 * that a slow one holds nobody else. Knows no threads: its caller lets one in at a time.
 */
final class Desk {

  /** A larger answer is not kept: few ask for one, and memory is bounded by count times size. */
  private static final int LARGEST_KEPT = 1000;

  /** What is to be done with a question. */
  sealed interface Admission {

    /** It was answered before: that answer. */
    record Known(Reply reply) implements Admission {}

    /** The same question is on its way or waits: its answer. */
    record Joined() implements Admission {}

    /** Send it now. */
    record Sent() implements Admission {}

    /** Keep it until {@link #finish} names it. */
    record Waits() implements Admission {}

    /** We have too much to do. */
    record Shed(String message) implements Admission {}
  }

  private static final class Lane {
    private final Set<Question> sent = new HashSet<>();
    private final Deque<Question> waiting = new ArrayDeque<>();
  }

  private final Limits limits;
  private final Map<Endpoint, Lane> lanes = new HashMap<>();
  private final Map<Question, Reply> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Reply> eldest) {
          return size() > limits.recentAnswers();
        }
      };

  Desk(Limits limits) {
    this.limits = limits;
  }

  Admission admit(Question question) {
    Reply known = recent.get(question);
    if (known != null) {
      return new Admission.Known(known);
    }
    Lane lane = lanes.computeIfAbsent(question.endpoint(), _ -> new Lane());
    if (lane.sent.contains(question) || lane.waiting.contains(question)) {
      return new Admission.Joined();
    }
    if (lane.sent.size() < limits.concurrency()) {
      lane.sent.add(question);
      return new Admission.Sent();
    }
    if (lane.waiting.size() < limits.waiting()) {
      lane.waiting.add(question);
      return new Admission.Waits();
    }
    return new Admission.Shed(
        "%d questions are at %s and %d wait: ask later"
            .formatted(lane.sent.size(), question.endpoint().name(), lane.waiting.size()));
  }

  /** A sent question is over; the answer is the one to send in its place, if any. */
  Optional<Question> finish(Question question, Reply reply) {
    Lane lane = lanes.get(question.endpoint());
    if (lane == null || !lane.sent.remove(question)) {
      throw new IllegalStateException("was not sent: " + question);
    }
    if (reply.isAnswer() && reply.size() <= LARGEST_KEPT) {
      recent.put(question, reply);
    }
    Question next = lane.waiting.poll();
    if (next != null) {
      lane.sent.add(next);
    }
    return Optional.ofNullable(next);
  }

  /** Nobody waits for it any longer; false where it was sent meanwhile, or is over. */
  boolean giveUp(Question question) {
    Lane lane = lanes.get(question.endpoint());
    return lane != null && lane.waiting.remove(question);
  }
}
