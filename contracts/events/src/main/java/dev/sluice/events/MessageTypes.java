package dev.sluice.events;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The CloudEvents type of each message, derived from its record's name. */
final class MessageTypes {

  private static final String PREFIX = "dev.sluice.";
  private static final String FACT_PREFIX = PREFIX + "rollout.";
  private static final String SCHEMAS = "https://sluice.dev/schemas/";

  private static final Map<String, Class<? extends Message>> MESSAGES =
      Arrays.stream(Message.class.getPermittedSubclasses())
          .<Class<? extends Message>>map(type -> type.asSubclass(Message.class))
          .filter(type -> type != RolloutEvent.class)
          .collect(Collectors.toUnmodifiableMap(MessageTypes::nameOf, Function.identity()));

  private MessageTypes() {}

  /** For instance {@code dev.sluice.traffic-desired}, {@code dev.sluice.rollout.step-completed}. */
  static String of(Message message) {
    return message instanceof RolloutEvent event
        ? nameOfFact(event.fact().getClass())
        : nameOf(message.getClass());
  }

  /** Which record a type stands for; empty where it is none of ours. */
  static Optional<Class<? extends Message>> messageOf(String type) {
    return type.startsWith(FACT_PREFIX)
        ? Optional.of(RolloutEvent.class)
        : Optional.ofNullable(MESSAGES.get(type));
  }

  /** Where the JSON Schema of a type is found. */
  static String schemaOf(String type) {
    return SCHEMAS + schemaFile(type);
  }

  /** The schema's file, for instance {@code rollout.step-completed.json}. */
  static String schemaFile(String type) {
    return type.substring(PREFIX.length()) + ".json";
  }

  /** The type of a message that is no rollout event. */
  static String nameOf(Class<?> message) {
    return PREFIX + kebab(message);
  }

  /** The type of a rollout event with this fact. */
  static String nameOfFact(Class<?> fact) {
    return FACT_PREFIX + kebab(fact);
  }

  private static String kebab(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
