package dev.sluice.devkit.kafka;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The child process of {@link EmbeddedKafka}: one KRaft node, broker and controller at once.
 * Arguments: data folder, broker port, controller port, file to create when ready.
 */
final class KafkaMain {

  private static final String QUARKUS_LOGS = "org.jboss.logmanager.LogManager";

  private KafkaMain() {}

  static void main(String[] arguments) throws Exception {
    quietly();
    Path data = Path.of(arguments[0]);
    if (!Files.exists(data.resolve("meta.properties"))) {
      format(data);
    }
    var server =
        new KafkaRaftServer(
            new KafkaConfig(settings(data, arguments[1], arguments[2]), false), Time.SYSTEM);
    server.startup();
    Files.createFile(Path.of(arguments[3]));
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown));
    server.awaitShutdown();
  }

  // Where Quarkus is on the class path too, slf4j finds its log manager, which would keep every
  // line down to TRACE for a start of Quarkus that never comes.
  private static void quietly() {
    try {
      Class.forName(QUARKUS_LOGS, false, KafkaMain.class.getClassLoader());
      System.setProperty("java.util.logging.manager", QUARKUS_LOGS);
    } catch (ClassNotFoundException _) {
      // The JDK's own will do.
    }
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new ConsoleHandler());
    root.setLevel(Level.WARNING);
  }

  private static void format(Path data) throws Exception {
    Files.createDirectories(data);
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(1)
        .setControllerListenerName("CONTROLLER")
        .setMetadataLogDirectory(data.toString())
        .addDirectory(data.toString())
        .run();
  }

  private static Map<String, String> settings(Path data, String port, String controllerPort) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("log.dirs", data.toString());
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    // One node holds everything.
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      settings.put(topic + ".replication.factor", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("min.insync.replicas", "1");
    // Small and quick: this is one developer's machine.
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    settings.put("log.cleaner.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", "2097152");
    settings.put("broker.session.timeout.ms", "6000");
    // A misspelt topic is an error, not a new topic.
    settings.put("auto.create.topics.enable", "false");
    return settings;
  }
}
