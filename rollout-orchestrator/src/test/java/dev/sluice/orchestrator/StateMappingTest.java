package dev.sluice.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.events.MessageCodec;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** The state is stored as JSON: whatever it may hold, it is read back as it was. */
class StateMappingTest {

  private static final int SEEDS = 2_000;
  private final ObjectMapper mapper = MessageCodec.mapper();

  @Test
  void everyStateIsReadBackAsItWas() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      Rollout state = random(seed).next(Rollout.class);
      String json = mapper.writeValueAsString(state);
      Rollout read = mapper.readValue(json, Rollout.class);
      assertThat(read).as("seed " + seed).isEqualTo(state);
      assertThat(mapper.writeValueAsString(read)).as("seed " + seed).isEqualTo(json);
    }
  }

  @Test
  void aStateOfAnOlderProgramIsReadable() throws Exception {
    Rollout state = random(1).next(Rollout.class);
    var json = mapper.valueToTree(state).<com.fasterxml.jackson.databind.node.ObjectNode>deepCopy();
    json.put("aFieldThatIsGone", 1);
    assertThat(mapper.treeToValue(json, Rollout.class)).isEqualTo(state);
  }

  private static RandomRecords random(int seed) {
    return new RandomRecords(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
  }
}
