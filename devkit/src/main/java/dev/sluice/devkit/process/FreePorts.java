package dev.sluice.devkit.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of 127.0.0.1. They lie below the range from which the system takes ports of outgoing
 * connections, so that a part that was killed finds its port free when it comes back. A port
 * belongs to this process for as long as it lives, also before anybody listens on it: test runs
 * beside each other never get the same one.
 */
public final class FreePorts {

  private static final int LOWEST = 20_000;
  private static final int HIGHEST = 32_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
  private static final Path CLAIMS = Path.of(System.getProperty("java.io.tmpdir"), "sluice-ports");

  // Held for good: the end of the process ends its claims.
  private static final List<FileLock> CLAIMED = new CopyOnWriteArrayList<>();

  private FreePorts() {}

  /** A port that nobody listens on, and that this method has not given before. */
  public static int next() {
    for (int attempt = 0; attempt < 1_000; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (GIVEN.add(port) && isFree(port) && claim(port)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "no free port found on 127.0.0.1 between " + LOWEST + " and " + HIGHEST);
  }

  private static boolean claim(int port) {
    try {
      Files.createDirectories(CLAIMS);
      FileChannel channel =
          FileChannel.open(
              CLAIMS.resolve(Integer.toString(port)),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        return false;
      }
      CLAIMED.add(lock);
      return true;
    } catch (IOException ofAnotherUser) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }
}
