package dev.sluice.devkit.kubernetes.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Reads a watch line by line, as it comes over the wire. */
final class WatchReader implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 60;

  private final BlockingQueue<Line> lines = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
  private final HttpResponse<AsyncBody> response;

  /** One line; the last one says that the server ended the stream. */
  record Line(String type, JsonNode object) {
    String name() {
      return object.at("/metadata/name").asText();
    }

    /** Type and name together, such as {@code ADDED a}. */
    String text() {
      return type + " " + name();
    }

    long version() {
      return object.at("/metadata/resourceVersion").asLong();
    }
  }

  WatchReader(KubernetesClient client, String path) {
    String url = client.getMasterUrl().toString().replaceAll("/$", "") + path;
    this.response =
        Api.await(
            client
                .getHttpClient()
                .consumeBytes(
                    client.getHttpClient().newHttpRequestBuilder().uri(URI.create(url)).build(),
                    (buffers, body) -> {
                      read(buffers);
                      body.consume();
                    }));
    response.body().consume();
    response.body().done().whenComplete((done, failed) -> lines.add(new Line("END", null)));
  }

  int code() {
    return response.code();
  }

  /** The next line that a predicate takes; those before are passed over. */
  Line next(Predicate<Line> wanted) {
    try {
      while (true) {
        Line line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
          throw new AssertionError("the watch stayed silent");
        }
        if (wanted.test(line)) {
          return line;
        }
        if (line.type().equals("END")) {
          throw new AssertionError("the watch ended before the line that was waited for");
        }
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** The next lines that are no bookmarks. */
  List<String> next(int count) {
    List<String> texts = new ArrayList<>();
    while (texts.size() < count) {
      texts.add(next(line -> !line.type().equals("BOOKMARK")).text());
    }
    return texts;
  }

  @Override
  public void close() {
    if (!response.body().done().isDone()) {
      response.body().cancel();
    }
  }

  private synchronized void read(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      while (buffer.hasRemaining()) {
        byte next = buffer.get();
        if (next == '\n') {
          add(partial.toByteArray());
          partial.reset();
        } else {
          partial.write(next);
        }
      }
    }
  }

  private void add(byte[] line) {
    try {
      JsonNode event = JSON.readTree(line);
      lines.add(new Line(event.path("type").asText(), event.path("object")));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("not a line of a watch", unreadable);
    }
  }
}
