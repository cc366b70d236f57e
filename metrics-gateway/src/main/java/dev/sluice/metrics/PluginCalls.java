package dev.sluice.metrics;

import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginCall;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Carries out calls of step plugins: a call that comes again while it is under way is not made
 * twice, and a slow plugin holds nobody else, for each endpoint has places of its own. What is
 * dropped here, because it is too late or too much, is asked for again by who wants the answer.
 */
public final class PluginCalls {

  private record Job(Endpoint endpoint, URI target, PluginCall call) {}

  private static final class Lane {
    private int busy;
    private final Deque<Job> waiting = new ArrayDeque<>();
  }

  private final EndpointList endpoints;
  private final int places;
  private final int waiting;
  private final StepPlugin plugin;
  private final PluginAnswers answers;
  private final InstantSource clock;
  private final Tally tally;
  private final Map<Endpoint, Lane> lanes = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  /**
   * Creates one with nothing under way.
   *
   * @param places calls of an endpoint at once
   * @param waiting calls that wait for that, for each endpoint
   */
  public PluginCalls(
      EndpointList endpoints,
      int places,
      int waiting,
      StepPlugin plugin,
      PluginAnswers answers,
      InstantSource clock,
      Tally tally) {
    this.endpoints = endpoints;
    this.places = places;
    this.waiting = waiting;
    this.plugin = plugin;
    this.answers = answers;
    this.clock = clock;
    this.tally = tally;
  }

  /** A call is wanted. Returns at once. */
  public void take(PluginCall call) {
    if (isLate(call)) {
      return;
    }
    switch (endpoints.resolve(call.url())) {
      case EndpointList.Resolution.Refused(var message) -> {
        tally.asked(Gateway.NOT_LISTED);
        answer(call, PluginReply.error(message));
      }
      case EndpointList.Resolution.Allowed(var endpoint, var target) ->
          admit(new Job(endpoint, target, call));
    }
  }

  private boolean isLate(PluginCall call) {
    return !clock.instant().isBefore(call.until());
  }

  private void admit(Job job) {
    String name = job.endpoint().name();
    boolean now;
    synchronized (lanes) {
      if (!known.add(job.call().id())) {
        tally.coalesced(name);
        return;
      }
      Lane lane = lanes.computeIfAbsent(job.endpoint(), _ -> new Lane());
      now = lane.busy < places;
      if (now) {
        lane.busy++;
      } else if (lane.waiting.size() < waiting) {
        lane.waiting.add(job);
      } else {
        known.remove(job.call().id());
        tally.deferred(name);
        return;
      }
    }
    tally.asked(name);
    if (now) {
      send(job);
    }
  }

  private void send(Job job) {
    tally.sent(job.endpoint().name());
    plugin
        .call(job.endpoint(), job.target(), job.call())
        .exceptionally(e -> PluginReply.error("cannot call: " + e))
        .thenAccept(reply -> {
          answer(job.call(), reply);
          next(job);
        });
  }

  private void next(Job over) {
    Job next;
    synchronized (lanes) {
      Lane lane = lanes.get(over.endpoint());
      known.remove(over.call().id());
      do {
        next = lane.waiting.poll();
        if (next != null && isLate(next.call())) {
          known.remove(next.call().id());
        }
      } while (next != null && isLate(next.call()));
      if (next == null) {
        lane.busy--;
      }
    }
    if (next != null) {
      send(next);
    }
  }

  private void answer(PluginCall call, PluginReply reply) {
    answers.send(
        call,
        new PluginAnswer(
            call.uid(),
            call.epoch(),
            call.step(),
            call.operation(),
            call.execution(),
            reply.phase(),
            reply.message(),
            reply.requeueAfter(),
            reply.status(),
            clock.instant()));
  }
}
