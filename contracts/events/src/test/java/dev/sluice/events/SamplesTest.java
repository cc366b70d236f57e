package dev.sluice.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was released is frozen: these files are what topics of existing installations hold. */
class SamplesTest {

  private static final Path FOLDER = Path.of("src/test/resources/samples");

  static Set<Map.Entry<String, Object>> samples() {
    Map<String, Object> samples = new LinkedHashMap<>(Samples.all());
    samples.putAll(Samples.httpBodies());
    return samples.entrySet();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsWrittenByteForByteAndReadBackEqual(Map.Entry<String, Object> sample)
      throws Exception {
    Path file = FOLDER.resolve(sample.getKey() + ".json");
    Generated.assertFrozen(file, MessageCodec.mapper().writeValueAsString(sample.getValue()));
    assertThat(
            MessageCodec.mapper().readValue(Files.readAllBytes(file), sample.getValue().getClass()))
        .isEqualTo(sample.getValue());
  }

  @Test
  void everyMessageAndEveryKindInsideOfMessagesHasASample() throws Exception {
    Set<Class<?>> wanted = new HashSet<>();
    for (Class<?> message : Message.class.getPermittedSubclasses()) {
      collectDeclared(message, wanted);
    }
    collectDeclared(MetricQuery.class, wanted);
    collectDeclared(MetricAnswer.class, wanted);
    Set<Class<?>> found = new HashSet<>();
    for (Map.Entry<String, Object> sample : samples()) {
      collectPresent(sample.getValue(), found);
    }
    assertThat(found).as("records that occur in a sample").containsAll(wanted);
  }

  @Test
  void noFileIsWithoutItsSample() {
    Generated.assertNothingElse(
        FOLDER,
        samples().stream().map(sample -> sample.getKey() + ".json").collect(Collectors.toSet()));
  }

  private static void collectDeclared(Class<?> type, Set<Class<?>> found) {
    if (!type.getPackageName().equals(Message.class.getPackageName()) || type.isEnum()) {
      return;
    }
    if (type.isSealed()) {
      SealedKinds.kinds(type).values().forEach(kind -> collectDeclared(kind, found));
    } else if (found.add(type)) {
      for (RecordComponent component : type.getRecordComponents()) {
        Types.named(component.getGenericType()).forEach(used -> collectDeclared(used, found));
      }
    }
  }

  private static void collectPresent(Object value, Set<Class<?>> found) throws Exception {
    switch (value) {
      case Record record -> {
        found.add(record.getClass());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
          collectPresent(component.getAccessor().invoke(record), found);
        }
      }
      case Collection<?> many -> {
        for (Object one : many) {
          collectPresent(one, found);
        }
      }
      case null, default -> {}
    }
  }
}
