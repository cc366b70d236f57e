package dev.sluice.orchestrator.kubernetes.world;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.crd.Experiment;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;

/** Whoever runs Experiments, and people who put their hands on them. */
public final class Experimenter {

  private final ClusterWorld world;

  public Experimenter(ClusterWorld world) {
    this.world = world;
  }

  /** All that there are. */
  public List<Experiment> all() {
    return world
        .hands
        .resources(Experiment.class)
        .inNamespace(ClusterWorld.NAMESPACE)
        .list()
        .getItems();
  }

  /** Waits for the object. */
  public Experiment await(String name) {
    return world.until("Experiment " + name, () -> find(name), found -> found != null);
  }

  /** Waits until its end is asked for. */
  public void awaitEndAsked(String name) {
    world.until(
        name + " to be terminated",
        () -> find(name).getSpec().terminate,
        terminate -> Boolean.TRUE.equals(terminate));
  }

  public Experiment find(String name) {
    return world
        .hands
        .resources(Experiment.class)
        .inNamespace(ClusterWorld.NAMESPACE)
        .withName(name)
        .get();
  }

  /** It has come this far. Its status is part of the object: the kind has none apart. */
  public void phase(String name, String phase, String message) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("status").put("phase", phase).put("message", message);
    patch(name, patch.toString());
  }

  /** Somebody ends it, as the plugin does. */
  public void terminate(String name) {
    patch(name, "{\"spec\":{\"terminate\":true}}");
  }

  public void delete(String name) {
    world
        .hands
        .resources(Experiment.class)
        .inNamespace(ClusterWorld.NAMESPACE)
        .withName(name)
        .delete();
  }

  private void patch(String name, String patch) {
    world
        .hands
        .resources(Experiment.class)
        .inNamespace(ClusterWorld.NAMESPACE)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }
}
