package dev.sluice.orchestrator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;

/**
 * A POST that reads the answer also where the server does not want the rest of the body. An HTTP
 * client reports a broken connection then, and not what the server said.
 */
final class RawPost {

  private static final int CHUNK = 65_536;

  private RawPost() {}

  /** Says how long the body is, and sends nothing of it before the answer. */
  static int withLength(URI uri, String authorization, String body) throws IOException {
    try (Socket socket = connect(uri)) {
      head(socket, uri, authorization, "Content-Length: " + body.getBytes(UTF_8).length);
      return status(socket);
    }
  }

  /** Sends the body in chunks, without its length. */
  static int inChunks(URI uri, String authorization, String body) throws IOException {
    try (Socket socket = connect(uri)) {
      head(socket, uri, authorization, "Transfer-Encoding: chunked");
      try {
        chunks(socket.getOutputStream(), body.getBytes(UTF_8));
      } catch (IOException refused) {
        // The answer is there all the same.
      }
      return status(socket);
    }
  }

  private static Socket connect(URI uri) throws IOException {
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(60_000);
    return socket;
  }

  private static void head(Socket socket, URI uri, String authorization, String length)
      throws IOException {
    socket
        .getOutputStream()
        .write(
            """
            POST %s HTTP/1.1\r
            Host: %s\r
            Authorization: %s\r
            Connection: close\r
            %s\r
            \r
            """
                .formatted(uri.getPath(), uri.getAuthority(), authorization, length)
                .getBytes(ISO_8859_1));
  }

  private static void chunks(OutputStream out, byte[] body) throws IOException {
    for (int from = 0; from < body.length; from += CHUNK) {
      int length = Math.min(CHUNK, body.length - from);
      out.write((Integer.toHexString(length) + "\r\n").getBytes(ISO_8859_1));
      out.write(body, from, length);
      out.write("\r\n".getBytes(ISO_8859_1));
    }
    out.write("0\r\n\r\n".getBytes(ISO_8859_1));
  }

  private static int status(Socket socket) throws IOException {
    BufferedReader answer =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
    String line = answer.readLine();
    if (line == null) {
      throw new IOException("the connection was closed without an answer");
    }
    return Integer.parseInt(line.split(" ")[1]);
  }
}
