package dev.sluice.devkit.kubernetes.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.devkit.kubernetes.object.Json;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;

/**
 * Where a watch writes its events: a chunked response, or a WebSocket where the client asks for
 * one.
 */
interface WatchSink {
  /** Bytes that may wait for a slow client before it is cut off. */
  int PATIENCE_BYTES = 32 * 1024 * 1024;

  void write(ObjectNode event);

  /** Whether the client is too slow to keep up. */
  boolean isFull();

  void end();

  void onClosed(Handler<Void> handler);

  static WatchSink of(HttpServerResponse response) {
    response.setChunked(true).putHeader("Content-Type", "application/json");
    response.setWriteQueueMaxSize(PATIENCE_BYTES);
    // The head must go out now: a client waits for it, and the first event may be long in coming.
    response.writeHead();
    return new WatchSink() {
      @Override
      public void write(ObjectNode event) {
        response.write(Buffer.buffer(Json.bytes(event)).appendByte((byte) '\n'));
      }

      @Override
      public boolean isFull() {
        return response.writeQueueFull();
      }

      @Override
      public void end() {
        response.end();
      }

      @Override
      public void onClosed(Handler<Void> handler) {
        response.closeHandler(handler);
      }
    };
  }

  static WatchSink of(ServerWebSocket socket) {
    socket.setWriteQueueMaxSize(PATIENCE_BYTES);
    return new WatchSink() {
      @Override
      public void write(ObjectNode event) {
        socket.writeTextMessage(event.toString());
      }

      @Override
      public boolean isFull() {
        return socket.writeQueueFull();
      }

      @Override
      public void end() {
        socket.close();
      }

      @Override
      public void onClosed(Handler<Void> handler) {
        socket.closeHandler(handler);
      }
    };
  }
}
