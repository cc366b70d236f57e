package dev.sluice.orchestrator.world;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A proxy before PostgreSQL that breaks the connection at the next COMMIT: before the server gets
 * it, or after it has done it and before the client hears of it. To the client both look the same.
 */
public final class CommitCutter implements AutoCloseable {

  /** Where the next commit is cut. */
  public enum Cut {
    /** The server never sees it. */
    BEFORE,
    /** The server has done it. */
    AFTER
  }

  // A simple query as the protocol writes it: type, length, text, zero.
  private static final byte[] COMMIT = "Q\0\0\0\013COMMIT\0".getBytes(US_ASCII);

  private final ServerSocket listener;
  private final int target;
  private final AtomicReference<Cut> next = new AtomicReference<>();

  CommitCutter(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("commit-cutter").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Cuts the next commit of whichever connection. */
  public void cutNext(Cut cut) {
    next.set(cut);
  }

  /** Whether the cut has happened. */
  public boolean hasCut() {
    return next.get() == null;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      AtomicReference<Cut> armed = new AtomicReference<>();
      Thread.ofVirtual().start(() -> requests(client, server, armed));
      byte[] buffer = new byte[65_536];
      for (int n = server.getInputStream().read(buffer);
          n >= 0;
          n = server.getInputStream().read(buffer)) {
        if (armed.get() == Cut.AFTER && contains(buffer, n, "COMMIT".getBytes(US_ASCII))) {
          return;
        }
        client.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException broken) {
      // Both ends are closed now.
    }
  }

  private void requests(Socket client, Socket server, AtomicReference<Cut> armed) {
    try (client;
        server) {
      byte[] buffer = new byte[65_536];
      for (int n = client.getInputStream().read(buffer);
          n >= 0;
          n = client.getInputStream().read(buffer)) {
        if (next.get() != null && contains(buffer, n, COMMIT)) {
          Cut cut = next.getAndSet(null);
          if (cut == Cut.BEFORE) {
            return;
          }
          armed.set(cut);
        }
        server.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException broken) {
      // Both ends are closed now.
    }
  }

  private static boolean contains(byte[] buffer, int length, byte[] wanted) {
    outer:
    for (int i = 0; i + wanted.length <= length; i++) {
      for (int j = 0; j < wanted.length; j++) {
        if (buffer[i + j] != wanted[j]) {
          continue outer;
        }
      }
      return true;
    }
    return false;
  }
}
