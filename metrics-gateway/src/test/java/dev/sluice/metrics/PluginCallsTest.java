package dev.sluice.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.events.PluginAnswer;
import dev.sluice.events.PluginCall;
import dev.sluice.events.PluginOperation;
import dev.sluice.events.PluginPhase;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PluginCallsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final PluginReply DONE =
      new PluginReply(PluginPhase.SUCCESSFUL, "done", null, "{}");

  private final Map<String, CompletableFuture<PluginReply>> called = new LinkedHashMap<>();
  private final List<URI> targets = new ArrayList<>();
  private final List<PluginAnswer> answers = new ArrayList<>();
  private Instant now = NOW;

  private final PluginCalls calls =
      new PluginCalls(
          EndpointList.of(List.of("http://smoke:8080/steps=http://127.0.0.1:9999", "http://other")),
          1,
          2,
          this::call,
          (_, answer) -> answers.add(answer),
          () -> now,
          new NoTally());

  @Test
  void aCallIsMadeWhereItsEndpointReallyIsAndAnsweredUnderItsKey() {
    PluginCall call = call("http://smoke:8080/steps/a", 1);
    calls.take(call);
    assertThat(targets).containsExactly(URI.create("http://127.0.0.1:9999/a"));
    assertThat(answers).isEmpty();
    called.get(call.id()).complete(DONE);
    assertThat(answers)
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.callId()).isEqualTo(call.id());
          assertThat(answer.phase()).isEqualTo(PluginPhase.SUCCESSFUL);
          assertThat(answer.status()).isEqualTo("{}");
        });
  }

  @Test
  void whatIsNotListedIsAnsweredWithTheSettingToAdd() {
    calls.take(call("http://elsewhere:8080", 1));
    assertThat(called).isEmpty();
    assertThat(answers)
        .singleElement()
        .satisfies(answer -> {
          assertThat(answer.phase()).isEqualTo(PluginPhase.ERROR);
          assertThat(answer.message()).contains("--allow-endpoint http://elsewhere:8080");
        });
  }

  @Test
  void aCallThatComesAgainIsMadeOnceWhileItIsUnderWayAndAgainAfterwards() {
    PluginCall call = call("http://smoke:8080/steps", 1);
    calls.take(call);
    calls.take(call);
    assertThat(targets).hasSize(1);
    called.get(call.id()).complete(DONE);
    calls.take(call);
    assertThat(targets).hasSize(2);
  }

  @Test
  void aSlowPluginHoldsNobodyElseAndWhatIsTooMuchIsDropped() {
    for (int execution = 1; execution <= 4; execution++) {
      calls.take(call("http://smoke:8080/steps", execution));
    }
    calls.take(call("http://other", 9));
    assertThat(targets).hasSize(2);
    called.values().stream().toList().getFirst().complete(DONE);
    assertThat(targets).hasSize(3);
    called.values().stream().toList().getLast().complete(DONE);
    called.values().stream().toList().getLast().complete(DONE);
    assertThat(answers)
        .extracting(PluginAnswer::execution)
        .as("the fourth was dropped: one is at work, two wait")
        .doesNotContain(4);
  }

  @Test
  void whatNobodyWaitsForAnyLongerIsNotMade() {
    calls.take(call("http://smoke:8080/steps", 1));
    PluginCall waits = call("http://smoke:8080/steps", 2);
    calls.take(waits);
    now = waits.until();
    called.values().iterator().next().complete(DONE);
    calls.take(call("http://smoke:8080/steps", 3));
    assertThat(targets).hasSize(1);
  }

  @Test
  void aClientThatBreaksIsAnErrorAndFreesItsPlace() {
    PluginCall call = call("http://smoke:8080/steps", 1);
    calls.take(call);
    called.get(call.id()).completeExceptionally(new IllegalStateException("broken"));
    assertThat(answers.getFirst().phase()).isEqualTo(PluginPhase.ERROR);
    calls.take(call("http://smoke:8080/steps", 2));
    assertThat(targets).hasSize(2);
  }

  private CompletionStage<PluginReply> call(Endpoint endpoint, URI target, PluginCall call) {
    targets.add(target);
    CompletableFuture<PluginReply> reply = new CompletableFuture<>();
    called.put(call.id(), reply);
    return reply;
  }

  private static PluginCall call(String url, int execution) {
    return new PluginCall(
        "u-1",
        "shop",
        "app",
        2,
        3,
        PluginOperation.RUN,
        execution,
        "smoke",
        url,
        "{}",
        null,
        2,
        "v2",
        "v1",
        NOW.plusSeconds(60));
  }

  private static final class NoTally implements Tally {
    @Override
    public void asked(String endpoint) {}

    @Override
    public void sent(String endpoint) {}

    @Override
    public void coalesced(String endpoint) {}

    @Override
    public void deferred(String endpoint) {}
  }
}
