package dev.sluice.devkit.process;

import java.nio.file.Path;

/** Where programs are kept that were unpacked once. */
public final class Cache {

  private Cache() {}

  /** {@code $XDG_CACHE_HOME/sluice}, or {@code ~/.cache/sluice}; may not exist yet. */
  public static Path folder() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path caches =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return caches.resolve("sluice");
  }
}
