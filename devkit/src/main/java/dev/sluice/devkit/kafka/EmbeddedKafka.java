package dev.sluice.devkit.kafka;

import dev.sluice.devkit.process.Child;
import dev.sluice.devkit.process.FreePorts;
import dev.sluice.devkit.process.Jvm;
import dev.sluice.devkit.process.Ready;
import dev.sluice.topics.BrokerTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * One Kafka broker (KRaft, no authentication, 127.0.0.1 only) in a process of its own. Topics are
 * not created by themselves: see {@link #createTopics(int)}. Needs no Docker.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  private final int port;
  private final Path readyFile;
  private final Child child;

  private EmbeddedKafka(Path folder) {
    port = FreePorts.next();
    readyFile = folder.resolve("kafka.ready");
    child =
        Child.java(
            "kafka",
            Jvm.options(
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"),
            KafkaMain.class,
            List.of(
                folder.resolve("kafka").toString(),
                Integer.toString(port),
                Integer.toString(FreePorts.next()),
                readyFile.toString()),
            folder,
            folder.resolve("kafka.log"));
  }

  /**
   * Starts a broker and waits until it serves, at most 60 s.
   *
   * @param folder for data and log; created if absent; data of an earlier broker is taken over
   */
  public static EmbeddedKafka start(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the folder for Kafka " + folder, e);
    }
    var kafka = new EmbeddedKafka(folder.toAbsolutePath());
    kafka.run();
    return kafka;
  }

  /** For {@code kafka.bootstrap.servers}; stays the same over restarts. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The broker's port. */
  public int port() {
    return port;
  }

  /**
   * Creates all topics of {@link dev.sluice.events.Topics} and their dead-letter topics; those that
   * exist are left as they are.
   *
   * @param partitions of each, at least 1
   */
  public void createTopics(int partitions) {
    with(topics -> topics.createAll(partitions, (short) 1));
  }

  /** Creates a topic of a test's own; one that exists is left as it is. */
  public void createTopic(String name, int partitions) {
    with(topics -> topics.create(List.of(new NewTopic(name, partitions, (short) 1))));
  }

  /** {@code kill -9}. Data stays. */
  public void kill() {
    child.kill();
  }

  /** Orderly stop. Data stays. */
  public void stop() {
    child.stop();
  }

  /** Kills it if it runs, and starts it again on the same port and data. */
  public void restart() {
    child.kill();
    run();
  }

  /** Freezes the broker: connections stay open and nobody answers. */
  public void pause() {
    child.pause();
  }

  /** Ends {@link #pause()}. */
  public void resume() {
    child.resume();
  }

  /** The process, for its memory, time and log. */
  public Child process() {
    return child;
  }

  /** Ends it at once; its data is of no use any more. */
  @Override
  public void close() {
    child.kill();
  }

  private void run() {
    try {
      Files.deleteIfExists(readyFile);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + readyFile, e);
    }
    child.start();
    Ready.await(child, START, () -> Files.exists(readyFile));
  }

  private void with(Work work) {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    try (var admin = Admin.create(settings)) {
      work.with(new BrokerTopics(admin));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while creating topics", e);
    }
  }

  private interface Work {
    void with(BrokerTopics topics) throws InterruptedException;
  }
}
