package dev.sluice.metrics.configuration;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** All settings of the gateway. */
@ConfigMapping(prefix = "sluice")
public interface GatewayConfiguration {

  /**
   * The providers and step plugins that may be asked, as {@code URL} or {@code URL=URL}: the
   * address as users write it, and where it really is. Empty: none.
   */
  Optional<List<String>> allowEndpoint();

  /** How much is taken on. */
  GatewayLimits gateway();

  /** Limits; those of numbers at once are for each endpoint. */
  interface GatewayLimits {

    /** Questions at a provider at once. */
    @WithDefault("8")
    int concurrency();

    /** Questions that wait for a place; more are shed. */
    @WithDefault("200")
    int waiting();

    /** How long a question waits for a place before it is shed. */
    @WithDefault("5s")
    Duration longestWait();

    /** The longest that a question or a call may take, whatever a metric asks for. */
    @WithDefault("30s")
    Duration longestTimeout();

    /** A larger answer is refused unread. */
    @WithDefault("1M")
    MemorySize largestAnswer();

    /** Calls of step plugins at once. */
    @WithDefault("8")
    int plugins();

    /** A larger answer of a step plugin is refused unread. */
    @WithDefault("64K")
    MemorySize largestPluginAnswer();

    /** How many answers are kept for who asks the same again. */
    @WithDefault("2000")
    int recentAnswers();
  }
}
