package org.noisescape.datasets.download;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP server on the loopback whose answers are written byte by byte, so that they can also be
 * wrong, short, or silent. One answer a connection.
 */
public final class ScriptedServer implements AutoCloseable {
  /** What was asked. */
  public record Request(String path, Map<String, String> headers) {
    /** Value of a header, or nothing. */
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }
  }

  /** Writes an answer; the connection closes when it returns. */
  @FunctionalInterface
  public interface Answer {
    /** Answers one request. */
    void write(Request request, OutputStream out) throws IOException;
  }

  private final ServerSocket socket;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Answer answer;

  /** Starts to answer. */
  public ScriptedServer(Answer answer) {
    this.answer = answer;
    try {
      this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Address of a path here. */
  public URI address(String path) {
    return URI.create(
        "http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort() + path);
  }

  /** All requests so far. */
  public List<Request> requests() {
    return requests;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a head with any headers, each as "Name: value". */
  public static void head(OutputStream out, int status, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Connection: close\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  /** A well-behaved server of one file, with an ETag, that honours Range and If-Range. */
  public static Answer serving(byte[] file, String entityTag) {
    return (request, out) -> {
      String range = request.header("Range");
      String condition = request.header("If-Range");
      if (range.isEmpty() || !(condition.isEmpty() || condition.equals(entityTag))) {
        head(out, 200, "Content-Length: " + file.length, "ETag: " + entityTag);
        out.write(file);
        return;
      }
      int from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
      head(
          out,
          206,
          "Content-Length: " + (file.length - from),
          "Content-Range: bytes " + from + "-" + (file.length - 1) + "/" + file.length,
          "ETag: " + entityTag);
      out.write(file, from, file.length - from);
    };
  }

  /** An empty answer of that status. */
  public static Answer status(int status, String... headers) {
    return (request, out) -> {
      String[] all = Arrays.copyOf(headers, headers.length + 1);
      all[headers.length] = "Content-Length: 0";
      head(out, status, all);
    };
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        // Closed: the test is over.
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
      String line = in.readLine();
      if (line == null) {
        return;
      }
      String path = line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
      Map<String, String> headers = new TreeMap<>();
      for (line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        int colon = line.indexOf(':');
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
      Request request = new Request(path, headers);
      requests.add(request);
      OutputStream out = connection.getOutputStream();
      answer.write(request, out);
      out.flush();
    } catch (IOException e) {
      // The client hung up, which some tests are about.
      return;
    }
  }
}
