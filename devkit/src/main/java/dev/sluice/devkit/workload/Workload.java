package dev.sluice.devkit.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.devkit.process.Child;
import dev.sluice.devkit.process.FreePorts;
import dev.sluice.devkit.process.Http;
import dev.sluice.devkit.process.Ready;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Plays all pods of an application in one process. A pod listens on a port of 127.0.0.1; it is
 * ready when {@link #play} returns.
 */
public final class Workload implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();
  private final int port = FreePorts.next();
  private final Child child;

  private Workload(Path folder, Map<String, Behaviour> images, Duration leak) {
    var arguments = new ArrayList<>(List.of(Integer.toString(port), "" + leak.toMillis()));
    images.forEach((image, behaviour) -> arguments.add(image + "=" + behaviour.name()));
    child =
        Child.java(
            "workload",
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"),
            WorkloadMain.class,
            arguments,
            folder,
            folder.resolve("workload.log"));
  }

  /**
   * Starts the process; it plays no pod yet.
   *
   * @param folder for the log; created if absent
   * @param images how each image reference behaves; a pod of any other image cannot be played
   * @param leak how long {@link Behaviour#LEAK} takes from half of the memory limit to all of it
   */
  public static Workload start(Path folder, Map<String, Behaviour> images, Duration leak) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create " + folder, e);
    }
    var workload = new Workload(folder.toAbsolutePath(), images, leak);
    workload.child.start();
    Ready.await(workload.child, START, () -> Http.isOk(workload.uri("/ready")));
    return workload;
  }

  /**
   * Makes a pod listen; one that listens already is left as it is.
   *
   * @return its port
   * @throws IllegalStateException that says why not, for instance an unknown image
   */
  public int play(PlayedPod pod) {
    try {
      var body = HttpRequest.BodyPublishers.ofByteArray(MAPPER.writeValueAsBytes(pod));
      var answer =
          send(
              HttpRequest.newBuilder(uri("/pods/" + pod.namespace() + "/" + pod.name())).PUT(body));
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("pod " + pod.name() + ": " + answer.body());
      }
      return Integer.parseInt(answer.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write pod " + pod.name(), e);
    }
  }

  /** Closes a pod's port after 0.3 s, in which others learn that it goes, and returns then. */
  public void end(String namespace, String name) {
    send(HttpRequest.newBuilder(uri("/pods/" + namespace + "/" + name)).DELETE());
  }

  /** Closes a pod's port at once, as a crash does. */
  public void crash(String namespace, String name) {
    send(HttpRequest.newBuilder(uri("/pods/" + namespace + "/" + name + "?now")).DELETE());
  }

  /** The process, for its memory, time and log. */
  public Child process() {
    return child;
  }

  /** Ends all pods at once. */
  @Override
  public void close() {
    client.shutdownNow();
    child.kill();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.timeout(LIMIT).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("the workload does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
