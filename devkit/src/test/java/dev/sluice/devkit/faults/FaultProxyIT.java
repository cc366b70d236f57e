package dev.sluice.devkit.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyIT {

  private final AtomicLong heard = new AtomicLong();
  private ServerSocket echo;
  private FaultProxy proxy;

  @BeforeEach
  void startEcho() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptAll);
    proxy = new FaultProxy(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void passesBothWays() throws IOException {
    try (var client = connect()) {
      assertThat(ask(client, 7)).isEqualTo(7);
      assertThat(ask(client, 8)).isEqualTo(8);
    }
    assertThat(proxy.accepted()).isEqualTo(1);
  }

  @Test
  void tellsTheOtherSideThatAConnectionEnded() throws IOException {
    try (var client = connect()) {
      ask(client, 1);
      client.shutdownOutput();
      assertThat(client.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void latencyDelaysEachWay() throws IOException {
    try (var client = connect()) {
      ask(client, 1);
      proxy.set(Fault.LATENCY, Duration.ofMillis(150));
      long before = System.nanoTime();
      ask(client, 2);
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isGreaterThan(Duration.ofMillis(300));
    }
  }

  @Test
  void bytesWaitInABlackholeAndArriveAfterIt() throws IOException {
    try (var client = connect()) {
      ask(client, 1);
      proxy.set(Fault.BLACKHOLE);
      client.getOutputStream().write(2);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(heard).hasValue(1);

      proxy.set(Fault.PASS);
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void theRequestArrivesAndTheAnswerWaitsWhereOneWayIsBroken() throws IOException {
    try (var client = connect()) {
      ask(client, 1);
      proxy.set(Fault.HALF);
      client.getOutputStream().write(2);
      assertThatThrownBy(() -> client.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      await().until(() -> heard.get() == 2);

      proxy.set(Fault.PASS);
      assertThat(client.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void resetsOpenAndNewConnections() throws IOException {
    try (var client = connect()) {
      ask(client, 1);
      proxy.set(Fault.RESET);
      assertThatThrownBy(() -> ask(client, 2)).isInstanceOf(SocketException.class);
    }
    assertThatThrownBy(
            () -> {
              try (var client = connect()) {
                ask(client, 3);
              }
            })
        .isInstanceOf(SocketException.class);

    proxy.set(Fault.PASS);
    try (var client = connect()) {
      assertThat(ask(client, 4)).isEqualTo(4);
    }
  }

  @Test
  void refusesAndListensAgainOnTheSamePort() throws IOException {
    proxy.set(Fault.REFUSE);
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);

    proxy.set(Fault.PASS);
    try (var client = connect()) {
      assertThat(ask(client, 1)).isEqualTo(1);
    }
  }

  @Test
  void resetsTheClientWhereTheNeighbourIsGone() throws IOException {
    echo.close();
    try (var client = connect()) {
      assertThatThrownBy(() -> ask(client, 1)).isInstanceOf(SocketException.class);
    }
  }

  private Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
    socket.setSoTimeout(1_000);
    return socket;
  }

  private static int ask(Socket socket, int value) throws IOException {
    socket.setSoTimeout(30_000);
    socket.getOutputStream().write(value);
    int answer = socket.getInputStream().read();
    socket.setSoTimeout(1_000);
    return answer;
  }

  private void acceptAll() {
    while (!echo.isClosed()) {
      try {
        var connection = echo.accept();
        Thread.ofVirtual().start(() -> answer(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void answer(Socket connection) {
    try (connection) {
      int value;
      while ((value = connection.getInputStream().read()) >= 0) {
        heard.incrementAndGet();
        connection.getOutputStream().write(value);
      }
    } catch (IOException broken) {
      // the client is gone: the next one asks again
    }
  }
}
