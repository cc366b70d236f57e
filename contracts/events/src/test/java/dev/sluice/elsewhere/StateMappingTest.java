package dev.sluice.elsewhere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.MessageCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The mapper on records that are no messages: a service's own state. */
class StateMappingTest {

  private final ObjectMapper mapper = MessageCodec.mapper();

  sealed interface Region {
    record Idle() implements Region {}

    sealed interface Busy extends Region {
      record Waiting(Instant since, Duration limit) implements Busy {}

      record Working(int step) implements Busy {
        boolean isLast() {
          return step == 9;
        }

        String getName() {
          return "step " + step;
        }
      }
    }
  }

  record State(Region first, List<Region> more, Map<String, Region> byName, String note) {}

  record Numbers(List<Double> values, double single) {}

  record Names(Set<String> names, Map<String, Integer> sizes) {}

  record Regions(Set<Region> regions) {}

  record Maybe(Optional<String> value, Optional<String> other) {}

  private sealed interface Twice {
    record Same() implements Twice {}

    sealed interface Inner extends Twice {
      record Same() implements Inner {}
    }
  }

  @Test
  void sealedValuesNameTheirKindAtEveryDepth() throws Exception {
    State state =
        new State(
            new Region.Idle(),
            List.of(
                new Region.Busy.Waiting(
                    Instant.parse("2026-11-20T14:30:00.250Z"), Duration.ofSeconds(90)),
                new Region.Busy.Working(9)),
            Map.of("b", new Region.Idle(), "a", new Region.Busy.Working(1)),
            null);
    String json = mapper.writeValueAsString(state);
    assertThat(json)
        .isEqualTo(
            """
            {"first":{"kind":"Idle"},"more":[{"kind":"Waiting","since":"2026-11-20T14:30:00.250Z",\
            "limit":"PT1M30S"},{"kind":"Working","step":9}],"byName":{"a":{"kind":"Working","step":1},\
            "b":{"kind":"Idle"}}}\
            """);
    assertThat(mapper.readValue(json, State.class)).isEqualTo(state);
  }

  @Test
  void aSealedValueAloneNamesItsKindToo() throws Exception {
    String json = mapper.writeValueAsString(new Region.Busy.Working(3));
    assertThat(json).isEqualTo("{\"kind\":\"Working\",\"step\":3}");
    assertThat(mapper.readValue(json, Region.class)).isEqualTo(new Region.Busy.Working(3));
    assertThat(mapper.readValue(json, Region.Busy.class)).isEqualTo(new Region.Busy.Working(3));
    assertThat(mapper.readValue(json, Region.Busy.Working.class))
        .isEqualTo(new Region.Busy.Working(3));
  }

  @Test
  void twoKindsOfOneNameAreRefused() {
    assertThatThrownBy(() -> mapper.readValue("{\"kind\":\"Same\"}", Twice.class))
        .hasStackTraceContaining("two kinds of");
  }

  @Test
  void numbersThatAreNoneSurvive() throws Exception {
    Numbers numbers =
        new Numbers(
            List.of(Double.NaN, Double.NEGATIVE_INFINITY, 0.1, 1e300, -0.0),
            Double.POSITIVE_INFINITY);
    String json = mapper.writeValueAsString(numbers);
    assertThat(json)
        .isEqualTo("{\"values\":[\"NaN\",\"-Infinity\",0.1,1.0E300,-0.0],\"single\":\"Infinity\"}");
    assertThat(mapper.readValue(json, Numbers.class)).isEqualTo(numbers);
  }

  @Test
  void equalValuesAreEqualBytesWhateverTheOrderOfInsertion() throws Exception {
    List<String> words = IntStream.range(0, 50).mapToObj(i -> "w" + i).toList();
    Names forwards =
        new Names(
            new LinkedHashSet<>(words),
            words.stream().collect(Collectors.toUnmodifiableMap(w -> w, w -> 1)));
    Names backwards =
        new Names(new LinkedHashSet<>(words.reversed()), new TreeMap<>(forwards.sizes()));
    assertThat(mapper.writeValueAsString(forwards))
        .isEqualTo(mapper.writeValueAsString(backwards))
        .startsWith("{\"names\":[\"w0\",\"w1\",\"w10\"");
  }

  @Test
  void aSetWithoutAnOrderIsRefused() {
    assertThatThrownBy(() -> mapper.writeValueAsString(new Regions(Set.of(new Region.Idle()))))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("make it a list");
  }

  @Test
  void absentOptionalsAreLeftOutOrNull() throws Exception {
    Maybe maybe = new Maybe(Optional.of("x"), Optional.empty());
    String json = mapper.writeValueAsString(maybe);
    assertThat(mapper.readValue(json, Maybe.class)).isEqualTo(maybe);
  }
}
