package dev.sluice.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes docs/events.md: topics, then every message with its fields and a sample. */
final class Catalogue {

  private static final String NOTE =
      """
      <!-- Written from the code: ./mvnw -pl contracts/events test -Dsluice.update=true -->

      # Events

      Every message between the services. A message is a CloudEvent 1.0 in Kafka binary mode: the
      attributes are headers, the value is JSON (UTF-8), the key is the topic's key. Times are UTC
      and ISO-8601, durations are ISO-8601, numbers that are none are the texts `NaN`, `Infinity`
      and `-Infinity`. Where one of several kinds can stand, the property `kind` names it.

      Fields are only ever added, and added ones may be absent; a reader ignores what it does not
      know. A released sample is frozen. Delivery is at least once: readers of `rollout.events` drop
      a `seq` that they have seen and treat a gap as an alarm; on compacted topics the highest fence
      holds, and a null value means that the key is gone. The JSON Schemas are in
      `contracts/events/src/main/resources/schemas`.

      """;

  private final Javadoc javadoc;
  private final Map<String, Object> samples = new TreeMap<>();
  private final Set<Class<?>> parts = new LinkedHashSet<>();
  private final StringBuilder text = new StringBuilder(NOTE);

  private Catalogue(Javadoc javadoc) {
    this.javadoc = javadoc;
    samples.putAll(Samples.all());
    samples.putAll(Samples.httpBodies());
  }

  static String write() {
    Catalogue catalogue = new Catalogue(Javadoc.ofContract());
    catalogue.headers();
    catalogue.topics();
    Topics.ALL.forEach(topic -> catalogue.message(topic.message(), "Topic `" + topic.name() + "`"));
    catalogue.facts();
    catalogue.message(MetricQuery.class, "HTTP, not Kafka: asked by analysis-worker");
    catalogue.message(MetricAnswer.class, "HTTP, not Kafka: answered by metrics-gateway");
    catalogue.parts();
    return catalogue.text.toString();
  }

  private void headers() {
    text.append("## Headers\n\n| header | example |\n|---|---|\n");
    Message message = Samples.all().get("rollout.step-completed");
    MessageCodec.encode(Topics.ROLLOUT_EVENTS, message, Samples.envelope(message))
        .headers()
        .forEach(h -> row("`" + h.key() + "`", "`" + new String(h.value(), UTF_8) + "`"));
    text.append(
        """

        `ce_id` is the same for every repetition of a message; on `rollout.events` it is `uid:seq`.
        `traceparent` is there where a trace is known.

        ## Topics

        """);
  }

  private void topics() {
    text.append(
        "| topic | message | key | kept | written by | read by |\n|---|---|---|---|---|---|\n");
    for (Topics.Topic topic : Topics.ALL) {
      row(
          "`" + topic.name() + "`",
          Types.text(topic.message()),
          topic.key(),
          kept(topic.keeping()),
          topic.writer(),
          String.join(", ", topic.readers()));
    }
    text.append(
        """

        Beside each topic stands one with `.dlq` at its end: what its reader gave up, as it came, for
        30 days, with the headers `dead-letter-reason`, `dead-letter-topic`, `dead-letter-partition`
        and `dead-letter-offset`. A value that with them would be larger than a broker takes is left
        out: it is where they say. All topics have the same number of partitions.

        """);
  }

  private static String kept(Topics.Keeping keeping) {
    return switch (keeping) {
      case Topics.Keeping.Forever _ -> "for ever";
      case Topics.Keeping.Compacted _ -> "the last of each key";
      case Topics.Keeping.Retained(var time) -> time.toDays() + " days";
    };
  }

  private void message(Class<?> type, String where) {
    heading("##", type, Types.name(type));
    text.append(where);
    if (type != RolloutEvent.class && Message.class.isAssignableFrom(type)) {
      text.append(", type `").append(MessageTypes.nameOf(type)).append('`');
    }
    text.append(".\n\n");
    describe(type);
    fields(type);
    if (type != RolloutEvent.class) {
      String name = MessageTypes.schemaFile(MessageTypes.nameOf(type)).replace(".json", "");
      samples.forEach((file, sample) -> {
        if (file.equals(name) || file.startsWith(name + "+")) {
          sample(sample);
        }
      });
    }
  }

  private void facts() {
    heading("##", RolloutFact.class, "RolloutFact");
    text.append("The `fact` of a rollout event; each has a CloudEvents type of its own. ");
    text.append("The first one is shown with its event.\n\n");
    sample(samples.get("rollout.rollout-adopted"));
    for (Class<?> fact : RolloutFact.class.getPermittedSubclasses()) {
      String type = MessageTypes.nameOfFact(fact);
      heading("###", fact, fact.getSimpleName());
      text.append('`').append(type).append("`: ");
      describe(fact);
      fields(fact);
      String name = MessageTypes.schemaFile(type).replace(".json", "");
      sample(((RolloutEvent) samples.get(name)).fact());
    }
  }

  private void parts() {
    text.append("## Parts of messages\n\n");
    Set<Class<?>> written = new LinkedHashSet<>();
    while (!written.containsAll(parts)) {
      for (Class<?> part : Set.copyOf(parts)) {
        if (written.add(part)) {
          Types.componentsOf(part).forEach(parts::add);
        }
      }
    }
    new TreeMap<>(Types.byName(written)).values().forEach(this::part);
  }

  private void part(Class<?> part) {
    heading("###", part, Types.name(part));
    describe(part);
    if (part.isEnum()) {
      text.append("| value | meaning |\n|---|---|\n");
      Stream.of(part.getEnumConstants())
          .forEach(
              c -> row("`" + ((Enum<?>) c).name() + "`", javadoc.of(part, ((Enum<?>) c).name())));
      text.append('\n');
    } else if (part.isSealed()) {
      text.append("One of: ");
      text.append(
          String.join(", ", SealedKinds.kinds(part).values().stream().map(Types::text).toList()));
      text.append(".\n\n");
    } else {
      fields(part);
    }
  }

  private void fields(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components.length == 0) {
      return;
    }
    Types.componentsOf(type).forEach(parts::add);
    boolean explained =
        Stream.of(components).anyMatch(c -> !javadoc.of(type, c.getName()).isEmpty());
    text.append(
        explained
            ? "| field | type | meaning |\n|---|---|---|\n"
            : "| field | type |\n|---|---|\n");
    for (RecordComponent component : components) {
      String name = "`" + component.getName() + "`";
      String kind =
          Types.text(component.getGenericType())
              + (RequiredComponents.isRequired(component) ? "" : ", may be absent");
      if (explained) {
        row(name, kind, javadoc.of(type, component.getName()));
      } else {
        row(name, kind);
      }
    }
    text.append('\n');
  }

  private void heading(String level, Class<?> type, String title) {
    text.append("<a id=\"%s\"></a>\n".formatted(Types.anchor(type)));
    text.append(level).append(' ').append(title).append("\n\n");
  }

  private void describe(Class<?> type) {
    String description = javadoc.of(type);
    text.append(description).append(description.isEmpty() ? "" : "\n\n");
  }

  private void sample(Object sample) {
    text.append("```json\n");
    text.append(MessageCodec.mapper().valueToTree(sample).toPrettyString());
    text.append("\n```\n\n");
  }

  private void row(String... cells) {
    text.append("| ").append(String.join(" | ", cells).replace("\n", " ")).append(" |\n");
  }
}
