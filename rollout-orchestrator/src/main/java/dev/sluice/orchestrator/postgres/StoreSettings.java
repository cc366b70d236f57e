package dev.sluice.orchestrator.postgres;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the store keeps what it needs only for a while. */
@ConfigMapping(prefix = "sluice.store")
interface StoreSettings {

  /**
   * How long handled inputs are remembered: at least as long as the longest retention of the topics
   * that are read. What came before, the epoch refuses.
   */
  @WithDefault("90D")
  Duration inboxRetention();

  /** How long published messages are kept, for a look at what was sent. */
  @WithDefault("1H")
  Duration outboxRetention();
}
