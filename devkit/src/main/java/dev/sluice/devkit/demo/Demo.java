package dev.sluice.devkit.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.workload.Behaviour;
import dev.sluice.devkit.world.World;
import dev.sluice.devkit.world.WorldSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs the two stories on a whole installation, and says at the end whether they came out. */
public final class Demo {

  // The story at speed 1 takes 33 minutes; a slow machine gets the double, and a start.
  private static final Duration LONGEST = Duration.ofMinutes(70);
  private static final Duration SHORTEST = Duration.ofMinutes(4);

  private final DemoOptions options;
  private final Path repository;
  private final PrintStream out;

  private Demo(DemoOptions options, Path repository, PrintStream out) {
    this.options = options;
    this.repository = repository;
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param arguments as typed behind {@code sluice demo}
   * @param repository the folder of the whole project
   * @return the exit code: 0 when both stories came out
   * @throws IllegalArgumentException that says how it is written
   */
  public static int run(List<String> arguments, Path repository, PrintStream out) {
    return new Demo(DemoOptions.parse(arguments), repository, out).play();
  }

  private int play() {
    boolean leak = options.bad() == Behaviour.LEAK;
    Example example = Example.read(repository, leak);
    Speed.Rendered rendered = Speed.render(example.objects(), options.speed());
    if (options.speed() > 1) {
      out.println(
          "A copy of deploy/examples/checkout-service, " + options.speed() + " times as fast:");
      rendered
          .changes()
          .forEach(c -> out.printf("  %s %s: %s -> %s%n", c.object(), c.field(), c.from(), c.to()));
    }
    Map<String, Behaviour> images =
        Map.of(
            example.firstImage(), Behaviour.GOOD,
            Story.image(Story.GOOD), Behaviour.GOOD,
            Story.image(Story.BAD), options.bad());
    Path folder = folder();
    out.println(
        "Starting Kafka, PostgreSQL, Prometheus, a Kubernetes API, the application and the services (logs: "
            + folder
            + ") ...");
    WorldSettings settings =
        WorldSettings.checkout(folder, repository, images)
            .withLeak(Duration.ofSeconds(Math.max(30, 1_500 / options.speed())));
    Instant begin = Instant.now();
    try (World world = World.start(settings)) {
      out.printf(
          "Ready after %d s. Memory figures of the application are played.%n",
          Duration.between(begin, Instant.now()).toSeconds());
      int code = tell(world, rendered.documents());
      if (options.keep()) {
        keep(world);
      }
      return code;
    }
  }

  private int tell(World world, List<ObjectNode> objects) {
    Timeline timeline = new Timeline(out, Instant.now(), world.neighbours().load());
    world.messages().listen(timeline::hear);
    Duration scaled = LONGEST.dividedBy(options.speed());
    Duration patience = scaled.compareTo(SHORTEST) > 0 ? scaled : SHORTEST;
    Story story = new Story(world, timeline, patience);
    Costs costs = new Costs(world);
    String verdict;
    int code = 0;
    String good = "";
    String bad = "";
    try {
      world.apply(objects);
      story.install();
      costs.reset();
      story.good();
      good = costs.writes();
      costs.reset();
      story.bad();
      bad = costs.writes();
      story.fairSplits();
      verdict =
          "Both stories came out: the good image was promoted, the bad one ("
              + options.bad().name().toLowerCase(java.util.Locale.ROOT)
              + ") taken back.";
    } catch (Story.Broken e) {
      verdict = "FAILED: " + e.getMessage();
      code = 1;
    }
    out.println();
    timeline.split().served().forEach(served -> out.println("  " + served));
    out.println("  writes to the cluster, good image: " + good);
    out.println("  writes to the cluster, bad image:  " + bad);
    out.println("  records: " + costs.records());
    out.println("  queries of Prometheus: " + costs.queries());
    out.println("  services: " + costs.services());
    out.println(verdict);
    return code;
  }

  private void keep(World world) {
    out.println();
    out.println("All of it stays up until Ctrl-C:");
    out.println("  kubeconfig    " + world.neighbours().kubernetes().kubeconfig());
    out.println("  Kafka         " + world.neighbours().kafka().bootstrapServers());
    out.println("  Prometheus    " + world.neighbours().prometheus().url());
    out.println("  the edge      " + world.neighbours().edge().url());
    world.services().all().forEach(s -> out.printf("  %-13s %s%n", s.process().name(), s.url()));
    out.println(
        "  ./sluice status checkout-service -n production --kubeconfig "
            + world.neighbours().kubernetes().kubeconfig());
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("sluice-demo-");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("no folder for data and logs", e);
    }
  }
}
