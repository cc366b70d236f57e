package dev.sluice.devkit.faults;

import dev.sluice.devkit.process.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A TCP proxy on 127.0.0.1 with faults. A fault acts at once, also on connections that are open.
 *
 * <p>A server that tells its clients where to connect (Kafka) must tell the proxy's port, or they
 * go around it.
 */
public final class FaultProxy implements AutoCloseable {

  private final int port = FreePorts.next();
  private final InetSocketAddress target;
  private final Gate gate = new Gate();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong accepted = new AtomicLong();
  private ServerSocket listener;
  private Thread acceptor;

  /**
   * Listens on a free port; passes everything on until told otherwise.
   *
   * @param targetPort of the neighbour, on 127.0.0.1
   */
  public FaultProxy(int targetPort) {
    target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
    listen();
  }

  /** Where clients connect to. */
  public int port() {
    return port;
  }

  /** Connections accepted up to now. */
  public long accepted() {
    return accepted.get();
  }

  /** From now on; {@link Fault#LATENCY} delays each piece by 100 ms. */
  public void set(Fault fault) {
    set(fault, Duration.ofMillis(100));
  }

  /** From now on; the latency is for one way. */
  public synchronized void set(Fault fault, Duration latency) {
    gate.set(fault, latency);
    switch (fault) {
      case PASS, LATENCY, BLACKHOLE, HALF -> listen();
      case RESET -> {
        listen();
        open.forEach(this::reset);
      }
      case REFUSE -> {
        closeListener();
        open.forEach(this::reset);
      }
    }
  }

  @Override
  public synchronized void close() {
    closeListener();
    open.forEach(this::reset);
  }

  private synchronized void listen() {
    if (listener != null && !listener.isClosed()) {
      return;
    }
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      listener = socket;
      acceptor = Thread.ofVirtual().name("fault-proxy-" + port).start(() -> accept(socket));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        accepted.incrementAndGet();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    open.add(client);
    if (gate.fault() == Fault.RESET || gate.fault() == Fault.REFUSE) {
      reset(client);
      return;
    }
    var server = new Socket();
    open.add(server);
    try {
      server.connect(target, 5_000);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pump(client, server, Gate.Direction.REQUEST));
      pump(server, client, Gate.Direction.ANSWER);
    } catch (IOException unreachable) {
      reset(client);
      reset(server);
    }
  }

  private void pump(Socket from, Socket to, Gate.Direction direction) {
    var buffer = new byte[65_536];
    try {
      var in = from.getInputStream();
      var out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        gate.pass(direction);
        out.write(buffer, 0, length);
      }
      gate.pass(direction);
      to.shutdownOutput();
    } catch (IOException broken) {
      reset(from);
      reset(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (from.isOutputShutdown() && to.isOutputShutdown()) {
      reset(from);
      reset(to);
    }
  }

  private void reset(Socket socket) {
    open.remove(socket);
    try {
      if (!socket.isOutputShutdown()) {
        socket.setSoLinger(true, 0); // the peer gets a reset, not an end
      }
      socket.close();
    } catch (IOException closedAlready) {
      // nothing is left to close
    }
  }

  // The port is closed by whoever leaves the socket last, which may be the thread that accepts.
  private void closeListener() {
    try {
      listener.close();
      acceptor.join();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close 127.0.0.1:" + port, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
