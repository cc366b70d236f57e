package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnWritesTest {

  private static final RolloutKey KEY = new RolloutKey("shop", "app");

  private final Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final OwnWrites<Service> ownWrites = new OwnWrites<>(InstantSource.fixed(now));

  @Test
  void ourWriteIsKnownBeforeTheWatchShowsIt() {
    ownWrites.wrote(service("u", "7"));
    assertThat(newest(service("u", "6"))).isEqualTo("7");
    assertThat(newest(null)).isEqualTo("7");
  }

  @Test
  void whatTheWatchShowsLaterIsNewer() {
    ownWrites.wrote(service("u", "9"));
    assertThat(newest(service("u", "10"))).isEqualTo("10");
    assertThat(newest(service("u", "10"))).isEqualTo("10");
  }

  @Test
  void onlyOurOwnLastWriteIsAnEchoAndOnlyOnce() {
    ownWrites.wrote(service("u", "7"));
    assertThat(ownWrites.shown(service("u", "6"))).isFalse();
    assertThat(ownWrites.shown(service("u", "7"))).isTrue();
    assertThat(ownWrites.shown(service("u", "7"))).isFalse();
    ownWrites.wrote(service("u", "8"));
    assertThat(ownWrites.shown(service("u", "9"))).isFalse();
    assertThat(newest(null)).isEmpty();
  }

  @Test
  void aWriteThatTheWatchShowsJustNowIsNotLostBetweenTwoLooks() {
    ownWrites.wrote(service("u", "7"));
    Service before = service("u", "6");
    assertThat(
            ownWrites.newest(
                KEY,
                () -> {
                  ownWrites.shown(service("u", "7"));
                  return before;
                }))
        .get()
        .extracting(found -> found.getMetadata().getResourceVersion())
        .isEqualTo("7");
  }

  @Test
  void whatWeDeletedIsNoEcho() {
    ownWrites.deleted(service("u", "7"));
    assertThat(ownWrites.shown(service("u", "7"))).isFalse();
  }

  @Test
  void whatWeDeletedIsGoneUntilThereIsAnother() {
    ownWrites.deleted(service("u", "7"));
    assertThat(newest(service("u", "7"))).isEmpty();
    assertThat(newest(service("another", "8"))).isEqualTo("8");
  }

  @Test
  void whatTheWatchShowsAsGoneIsGone() {
    ownWrites.wrote(service("u", "7"));
    ownWrites.gone(service("u", "7"));
    assertThat(newest(null)).isEmpty();
  }

  @Test
  void theEndOfAnOlderOneIsNotTheEndOfOurs() {
    ownWrites.wrote(service("new", "8"));
    ownWrites.gone(service("old", "7"));
    assertThat(newest(null)).isEqualTo("8");
  }

  @Test
  void aWatchThatNeverShowsAWriteIsBelievedAfterAWhile() {
    Instant[] time = {now};
    OwnWrites<Service> forgetful = new OwnWrites<>(() -> time[0]);
    forgetful.wrote(service("u", "7"));
    time[0] = now.plus(Duration.ofSeconds(61));
    assertThat(forgetful.newest(KEY, () -> null)).isEmpty();
  }

  @Test
  void objectsThatWereJustMadeAreFound() {
    ownWrites.wrote(service("u", "7"));
    assertThat(ownWrites.newest(_ -> true, List::of)).hasSize(1);
    ownWrites.deleted(service("u", "7"));
    assertThat(ownWrites.newest(_ -> true, List::of)).isEmpty();
  }

  private String newest(Service cached) {
    return ownWrites
        .newest(KEY, () -> cached)
        .map(service -> service.getMetadata().getResourceVersion())
        .orElse("");
  }

  private static Service service(String uid, String version) {
    return new ServiceBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName("app")
        .withUid(uid)
        .withResourceVersion(version)
        .endMetadata()
        .build();
  }
}
