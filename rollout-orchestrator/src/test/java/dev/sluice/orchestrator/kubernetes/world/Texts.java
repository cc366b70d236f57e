package dev.sluice.orchestrator.kubernetes.world;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Files with texts replaced. */
final class Texts {

  private Texts() {}

  static InputStream of(Path file, Map<String, String> replaced) {
    try {
      String text = Files.readString(file);
      for (Map.Entry<String, String> each : replaced.entrySet()) {
        if (!text.contains(each.getKey())) {
          continue;
        }
        text = text.replace(each.getKey(), each.getValue());
      }
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
