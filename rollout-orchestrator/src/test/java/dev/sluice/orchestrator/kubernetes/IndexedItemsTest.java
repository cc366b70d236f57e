package dev.sluice.orchestrator.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class IndexedItemsTest {

  private static final int UPDATES = 200_000;

  private final IndexedItems<ConfigMap> items =
      new IndexedItems<>(Map.of("team", map -> List.of(map.getMetadata().getLabels().get("team"))));

  @Test
  void anObjectIsFoundUnderItsValueAndNoOther() {
    put("a", "red", "1");
    put("b", "red", "1");
    put("c", "blue", "1");

    assertThat(items.byIndex("team", "red")).containsExactlyInAnyOrder(get("a"), get("b"));
    assertThat(items.byIndex("team", "green")).isEmpty();
  }

  @Test
  void anotherValueMovesIt() {
    put("a", "red", "1");
    put("a", "blue", "2");

    assertThat(items.byIndex("team", "red")).isEmpty();
    assertThat(items.byIndex("team", "blue")).containsExactly(get("a"));
  }

  @Test
  void whatIsRemovedIsFoundNowhere() {
    put("a", "red", "1");

    assertThat(items.remove("shop/a")).isNotNull();
    assertThat(items.remove("shop/a")).isNull();
    assertThat(items.byIndex("team", "red")).isEmpty();
    assertThat(items.size()).isZero();
  }

  @Test
  void whileItIsReplacedItIsNeverMissing() {
    put("a", "red", "0");

    var writer =
        CompletableFuture.runAsync(() -> {
          for (int version = 1; version <= UPDATES; version++) {
            put("a", "red", Integer.toString(version));
          }
        });
    while (!writer.isDone()) {
      assertThat(items.byIndex("team", "red")).hasSize(1);
    }
    writer.join();
    assertThat(get("a").getMetadata().getResourceVersion()).isEqualTo(Integer.toString(UPDATES));
  }

  private void put(String name, String team, String version) {
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName(name)
            .withResourceVersion(version)
            .addToLabels("team", team)
            .endMetadata()
            .build();
    items.put(items.getKey(map), map);
  }

  private ConfigMap get(String name) {
    return items.get("shop/" + name);
  }
}
