package dev.sluice.devkit.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusProgramTest {

  @TempDir Path folder;

  @Test
  void takesTheInstalledOne() throws IOException {
    Path installed = program(folder.resolve("bin/prometheus"));
    program(folder.resolve("cache/prometheus-2.42.0/usr/bin/prometheus"));

    String path = "/nowhere:" + folder.resolve("bin");

    assertThat(new PrometheusProgram(folder.resolve("cache"), path).find()).isEqualTo(installed);
  }

  @Test
  void takesTheUnpackedOneWhereNoneIsInstalled() throws IOException {
    Path unpacked = program(folder.resolve("cache/prometheus-2.42.0/usr/bin/prometheus"));

    assertThat(new PrometheusProgram(folder.resolve("cache"), "/nowhere").find())
        .isEqualTo(unpacked);
  }

  private static Path program(Path place) throws IOException {
    Files.createDirectories(place.getParent());
    Files.writeString(place, "#!/bin/sh\n");
    assertThat(place.toFile().setExecutable(true)).isTrue();
    return place;
  }
}
