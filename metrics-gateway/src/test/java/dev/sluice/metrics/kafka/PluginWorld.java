package dev.sluice.metrics.kafka;

import dev.sluice.devkit.kafka.EmbeddedKafka;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real broker, and a plugin that answers HTTP. */
public class PluginWorld implements QuarkusTestResourceLifecycleManager {

  private EmbeddedKafka kafka;
  private PlayedPlugin plugin;

  @Override
  public Map<String, String> start() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target"), "plugin-world");
      kafka = EmbeddedKafka.start(folder.toAbsolutePath());
      kafka.createTopics(2);
      plugin = new PlayedPlugin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.of(
        "kafka.bootstrap.servers", kafka.bootstrapServers(),
        "sluice.allow-endpoint",
            "http://smoke.testing:8080=%s,http://closed.testing:8080=http://127.0.0.1:1"
                .formatted(plugin.url()),
        "sluice.gateway.longest-timeout", "2s");
  }

  @Override
  public void stop() {
    plugin.close();
    kafka.close();
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(kafka, new TestInjector.MatchesType(EmbeddedKafka.class));
    injector.injectIntoFields(plugin, new TestInjector.MatchesType(PlayedPlugin.class));
  }
}
