package dev.sluice.devkit.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Short requests to parts on this machine. */
public final class Http {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  private Http() {}

  /** Whether a GET answers 200 within 5 s; no answer is a no. */
  public static boolean isOk(URI uri) {
    try {
      return status(HttpRequest.newBuilder(uri)) == 200;
    } catch (IOException noAnswer) {
      return false;
    }
  }

  /** The status of an empty POST; an {@link IllegalStateException} where there is no answer. */
  public static int post(URI uri) {
    try {
      return status(HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()));
    } catch (IOException e) {
      throw new IllegalStateException("no answer from " + uri, e);
    }
  }

  /** What a GET answers; an {@link IllegalStateException} where that is not 200. */
  public static String text(URI uri) {
    try {
      var answer =
          CLIENT.send(HttpRequest.newBuilder(uri).timeout(LIMIT).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(uri + " answered " + answer.statusCode());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException("no answer from " + uri, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static int status(HttpRequest.Builder request) throws IOException {
    try {
      return CLIENT.send(request.timeout(LIMIT).build(), BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
