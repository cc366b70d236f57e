package dev.sluice.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {

  private static final Message DESIRED = Samples.all().get("traffic-desired");

  static Iterable<Message> samples() {
    return Samples.all().values();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyMessageComesBackAsItWas(Message message) throws Exception {
    assertThat(MessageCodec.decode(sent(message))).isEqualTo(message);
    assertThat(MessageCodec.envelope(sent(message))).isEqualTo(Samples.envelope(message));
  }

  @Test
  void attributesAreCloudEventsHeaders() {
    assertThat(headers(MessageCodec.encode("t", DESIRED, Samples.envelope(DESIRED))))
        .containsExactlyEntriesOf(
            ordered(
                "ce_specversion", "1.0",
                "ce_id", "7f9c24e8-3b1a-4c7d",
                "ce_source", "/sluice/rollout-orchestrator",
                "ce_type", "dev.sluice.traffic-desired",
                "ce_subject", "shop/checkout-service",
                "ce_time", "2026-11-20T14:30:00.250Z",
                "ce_dataschema", "https://sluice.dev/schemas/traffic-desired.json",
                "content-type", "application/json",
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
  }

  @Test
  void theTypeOfARolloutEventNamesItsFact() {
    Message event = Samples.all().get("rollout.step-completed");
    assertThat(headers(MessageCodec.encode("t", event, Samples.envelope(event))))
        .containsEntry("ce_type", "dev.sluice.rollout.step-completed")
        .containsEntry("ce_dataschema", "https://sluice.dev/schemas/rollout.step-completed.json");
  }

  @Test
  void withoutTraceContextThereIsNoHeader() {
    Envelope envelope = Samples.envelope(DESIRED);
    Envelope untraced = new Envelope(envelope.id(), envelope.source(), envelope.time(), null);
    assertThat(headers(MessageCodec.encode("t", DESIRED, untraced)))
        .doesNotContainKey("traceparent");
  }

  @Test
  void anUnknownFieldIsIgnored() throws Exception {
    String json = json(DESIRED).replaceFirst("\\{", "{\"addedLater\":{\"a\":[1]},");
    assertThat(MessageCodec.decode(received(DESIRED, json))).isEqualTo(DESIRED);
  }

  @Test
  void aMissingFieldIsNamedWithThePlaceOfTheRecord() {
    assertUnreadable(
        json(DESIRED).replace("\"epoch\":2,", ""), "traffic.desired-2@17", "epoch", "Fence");
    assertUnreadable(json(DESIRED).replace("\"stable\"", "\"stabel\""), "stable");
    assertUnreadable(json(DESIRED).replace("\"weight\":20", "\"weight\":null"), "weight");
    assertUnreadable(json(DESIRED).replace("\"uid\":\"5a0c", "\"uid\":null,\"x\":\"5a0c"), "uid");
  }

  @Test
  void valuesOutOfRangeOrOfAnotherTypeAreUnreadable() {
    assertUnreadable(json(DESIRED).replace("\"weight\":20", "\"weight\":101"), "0..100");
    assertUnreadable(json(DESIRED).replace("\"weight\":20", "\"weight\":\"20\""), "weight");
    assertUnreadable(json(DESIRED).replace("\"weight\":20", "\"weight\":20.5"), "weight");
    assertUnreadable(json(DESIRED).replace("\"kind\":\"Nginx\"", "\"kind\":\"Apache\""), "Apache");
    assertUnreadable("{\"uid\":", "TrafficDesired");
    assertUnreadable("null", "null");
    assertUnreadable(json(DESIRED) + "{}", "TrafficDesired");
  }

  @Test
  void anErrorDoesNotRepeatTheValue() {
    assertThatThrownBy(() -> MessageCodec.decode(received(DESIRED, "{\"uid\": hunter2}")))
        .isInstanceOf(UnreadableMessage.class)
        .message()
        .doesNotContain("{\"uid\"");
  }

  @Test
  void whatIsNoCloudEventOfOursIsUnreadable() {
    ConsumerRecord<String, byte[]> plain =
        new ConsumerRecord<>("traffic.desired", 2, 17, "k", "{}".getBytes(UTF_8));
    assertThatThrownBy(() -> MessageCodec.decode(plain)).hasMessageContaining("no header ce_type");
    assertThatThrownBy(() -> MessageCodec.envelope(plain)).hasMessageContaining("ce_id");
    plain.headers().add("ce_type", "com.example.other".getBytes(UTF_8));
    assertThatThrownBy(() -> MessageCodec.decode(plain))
        .hasMessage("traffic.desired-2@17: unknown ce_type 'com.example.other'");
  }

  @Test
  void aKeyThatIsNotTheMessagesOwnIsUnreadable() {
    ConsumerRecord<String, byte[]> sent = sent(DESIRED);
    ConsumerRecord<String, byte[]> moved =
        new ConsumerRecord<>(
            "traffic.desired",
            2,
            17,
            0,
            TimestampType.CREATE_TIME,
            0,
            0,
            "another",
            sent.value(),
            sent.headers(),
            Optional.empty());
    assertThatThrownBy(() -> MessageCodec.decode(moved)).hasMessageContaining("key 'another'");
  }

  @Test
  void anotherKindThanExpectedIsUnreadable() throws Exception {
    assertThat(MessageCodec.decode(sent(DESIRED), TrafficDesired.class)).isEqualTo(DESIRED);
    assertThatThrownBy(() -> MessageCodec.decode(sent(DESIRED), VerdictReached.class))
        .hasMessageContaining("TrafficDesired where VerdictReached is expected");
  }

  @Test
  void aRequiredNullIsNotWritten() {
    TrafficDesired desired = (TrafficDesired) DESIRED;
    TrafficDesired without =
        new TrafficDesired(
            desired.uid(),
            null,
            desired.name(),
            desired.fence(),
            desired.router(),
            desired.stable(),
            desired.canary(),
            20,
            100,
            List.of(),
            List.of(),
            null);
    assertThatThrownBy(() -> MessageCodec.encode("t", without, Samples.envelope(DESIRED)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("TrafficDesired.namespace is required and null");
  }

  @Test
  void aDeadLetterKeepsTheRecordAndSaysWhy() {
    ProducerRecord<String, byte[]> letter = MessageCodec.deadLetter(sent(DESIRED), "no use");
    assertThat(letter.topic()).isEqualTo("traffic.desired.dlq");
    assertThat(letter.key()).isEqualTo(DESIRED.key());
    assertThat(letter.value()).isEqualTo(sent(DESIRED).value());
    assertThat(headers(letter))
        .containsEntry("ce_type", "dev.sluice.traffic-desired")
        .containsEntry("dead-letter-reason", "no use")
        .containsEntry("dead-letter-topic", "traffic.desired")
        .containsEntry("dead-letter-partition", "2")
        .containsEntry("dead-letter-offset", "17");
  }

  private static void assertUnreadable(String json, String... words) {
    assertThatThrownBy(() -> MessageCodec.decode(received(DESIRED, json)))
        .isInstanceOf(UnreadableMessage.class)
        .message()
        .contains(words);
  }

  private static String json(Message message) {
    return new String(sent(message).value(), UTF_8);
  }

  private static ConsumerRecord<String, byte[]> sent(Message message) {
    return received(
        message,
        new String(MessageCodec.encode("t", message, Samples.envelope(message)).value(), UTF_8));
  }

  private static ConsumerRecord<String, byte[]> received(Message message, String json) {
    ProducerRecord<String, byte[]> sent =
        MessageCodec.encode("traffic.desired", message, Samples.envelope(message));
    ConsumerRecord<String, byte[]> received =
        new ConsumerRecord<>(sent.topic(), 2, 17, sent.key(), json.getBytes(UTF_8));
    sent.headers().forEach(received.headers()::add);
    return received;
  }

  private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    assertThat(new HashMap<>(headers)).hasSize(record.headers().toArray().length);
    return headers;
  }

  private static Map<String, String> ordered(String... pairs) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      ordered.put(pairs[i], pairs[i + 1]);
    }
    return ordered;
  }
}
