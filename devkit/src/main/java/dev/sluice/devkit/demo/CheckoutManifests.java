package dev.sluice.devkit.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;

/** The checkout example as the demo applies it, for tests that run it too. */
public final class CheckoutManifests {

  private CheckoutManifests() {}

  /**
   * The objects in the order in which they are applied.
   *
   * @param repository the folder of the whole project
   * @param speed divides durations; 1 leaves the manifests as they are
   */
  public static List<ObjectNode> rendered(Path repository, int speed) {
    return Speed.render(Example.read(repository, false).objects(), speed).documents();
  }

  /** The image that the Rollout begins with. */
  public static String firstImage(Path repository) {
    return Example.read(repository, false).firstImage();
  }
}
