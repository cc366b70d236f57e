package dev.sluice.metrics.plugin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.events.MessageCodec;
import dev.sluice.events.PluginCall;
import dev.sluice.metrics.Endpoint;
import dev.sluice.metrics.PluginReply;
import dev.sluice.metrics.StepPlugin;
import dev.sluice.metrics.configuration.GatewayConfiguration;
import dev.sluice.metrics.egress.Egress;
import dev.sluice.metrics.egress.Failures;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Posts a call to its plugin as JSON, under its idempotency key. */
@Singleton
class PluginClient implements StepPlugin {

  private static final ObjectMapper MAPPER = MessageCodec.mapper();

  private final Egress egress;
  private final Duration limit;
  private final long largestAnswer;

  PluginClient(Egress egress, GatewayConfiguration configuration) {
    this.egress = egress;
    this.limit = configuration.gateway().longestTimeout();
    this.largestAnswer = configuration.gateway().largestPluginAnswer().asLongValue();
  }

  @Override
  public CompletionStage<PluginReply> call(Endpoint endpoint, URI target, PluginCall call) {
    String body;
    try {
      body = body(call);
    } catch (JsonProcessingException e) {
      return CompletableFuture.completedStage(
          PluginReply.error("the call is not JSON: " + MessageCodec.explain(e)));
    }
    Map<String, String> headers =
        Map.of(
            "Content-Type", "application/json",
            "Accept", "application/json",
            "Idempotency-Key", call.id());
    return egress
        .send(new Egress.Request(endpoint, "POST", target, headers, body, limit, largestAnswer))
        .thenApply(raw -> PluginResponse.read(raw.status(), raw.body()))
        .exceptionally(thrown -> PluginReply.error(Failures.of(thrown, limit).message()));
  }

  private static String body(PluginCall call) throws JsonProcessingException {
    ObjectNode body = MAPPER.createObjectNode();
    body.put("id", call.id());
    body.put("operation", call.operation().text());
    body.put("execution", call.execution());
    body.put("plugin", call.plugin());
    body.put("step", call.step());
    body.putObject("rollout")
        .put("namespace", call.namespace())
        .put("name", call.rollout())
        .put("uid", call.uid())
        .put("revision", call.revision())
        .put("podHash", call.podHash())
        .put("stablePodHash", call.stablePodHash());
    body.set("config", MAPPER.readTree(call.config()));
    if (call.status() != null) {
      body.set("status", MAPPER.readTree(call.status()));
    }
    return MAPPER.writeValueAsString(body);
  }
}
