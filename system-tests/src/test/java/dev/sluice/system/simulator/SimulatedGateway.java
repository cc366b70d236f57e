package dev.sluice.system.simulator;

import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginCall;
import dev.sluice.events.Topics;
import dev.sluice.metrics.Endpoint;
import dev.sluice.metrics.EndpointList;
import dev.sluice.metrics.PluginCalls;
import dev.sluice.metrics.PluginReply;
import dev.sluice.metrics.Tally;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An instance of the metrics gateway around its core, as far as it calls step plugins. What it has
 * under way dies with it; an answer that is not sent is not sent again.
 */
final class SimulatedGateway implements SimulatedGroup.Member {

  private static final Tally NOBODY_COUNTS =
      new Tally() {
        @Override
        public void asked(String endpoint) {}

        @Override
        public void sent(String endpoint) {}

        @Override
        public void coalesced(String endpoint) {}

        @Override
        public void deferred(String endpoint) {}
      };

  private final Ground ground;
  private final SimulatedKafka kafka;
  private final SimulatedPlugin plugin;
  private final Process process;
  private PluginCalls calls;

  SimulatedGateway(String name, Ground ground, SimulatedKafka kafka, SimulatedPlugin plugin) {
    this.ground = ground;
    this.kafka = kafka;
    this.plugin = plugin;
    process = new Process(name, ground);
    process.onStart(() ->
        calls =
            new PluginCalls(
                EndpointList.of(List.of(StepLists.PLUGINS)),
                2,
                2,
                this::call,
                this::send,
                ground::now,
                NOBODY_COUNTS));
  }

  @Override
  public Process process() {
    return process;
  }

  @Override
  public void take(int partition, SimulatedKafka.Record record, Runnable done) {
    calls.take((PluginCall) record.message());
    done.run();
  }

  private CompletionStage<PluginReply> call(Endpoint endpoint, URI target, PluginCall call) {
    CompletableFuture<PluginReply> reply = new CompletableFuture<>();
    boolean slow = ground.chaos().strikes(Fault.SLOW_PLUGIN);
    Duration after =
        slow ? ground.chaos().millis(10_000, 120_000) : ground.chaos().millis(2, 2_000);
    process.later(after, () -> reply.complete(plugin.answer(call)));
    return reply;
  }

  private void send(PluginCall call, PluginAnswer answer) {
    if (process.crashes(Fault.CRASH_BEFORE_SEND)) {
      return;
    }
    process.log(() -> "plugin on " + call.id() + ": " + answer.phase());
    kafka.send(
        process,
        new SimulatedKafka.Sending(Topics.PLUGIN_ANSWERS, answer.key(), call.id(), answer),
        _ -> process.crashes(Fault.CRASH_AFTER_SEND));
  }
}
