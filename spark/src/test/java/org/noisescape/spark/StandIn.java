package org.noisescape.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A cell that does what its test says, through a socket: PORT NAME RUN BEGUN. It says who it is,
 * then answers each line with one.
 */
public final class StandIn {
  private StandIn() {}

  /** Runs it; with port 0 it just ends. */
  public static void main(String[] arguments) throws IOException {
    Path run = Path.of(arguments[2]);
    if (arguments[0].equals("0")) {
      finish(run);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> kept(run)));
    Thread.ofPlatform().daemon().start(StandIn::endWithParent);
    try (Socket socket =
            new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        PrintWriter out =
            new PrintWriter(
                new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8), true)) {
      out.println(
          String.join(
              " ",
              arguments[1],
              arguments[3],
              Long.toString(ProcessHandle.current().parent().orElseThrow().pid()),
              Objects.toString(System.getenv("CUDA_VISIBLE_DEVICES"))));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        out.println(obey(run, line.split(" ", 3)));
      }
    }
  }

  private static String obey(Path run, String... words) throws IOException {
    return switch (words[0]) {
      case "write" -> {
        Path file = run.resolve(words[1]);
        Files.createDirectories(file.getParent());
        Path whole = file.resolveSibling(".00000000-0000-0000-0000-000000000000.tmp");
        Files.writeString(whole, words[2]);
        Files.move(whole, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
        yield "written";
      }
      case "read" -> Files.readString(run.resolve(words[1]));
      case "say" -> {
        System.err.println(words[1] + " " + words[2]);
        yield "said";
      }
      case "finish" -> {
        finish(run);
        System.exit(0);
        yield "";
      }
      default -> {
        System.exit(Integer.parseInt(words[1]));
        yield "";
      }
    };
  }

  private static void finish(Path run) throws IOException {
    Files.createDirectories(run);
    Files.writeString(run.resolve("manifest.json"), "{}");
    Files.writeString(run.resolve("result.json"), "{\"outcome\": \"COMPLETED\"}");
  }

  private static void kept(Path run) {
    try {
      Files.createDirectories(run);
      Files.writeString(run.resolve("kept"), "kept");
    } catch (IOException e) {
      System.err.println(e);
    }
  }

  private static void endWithParent() {
    try {
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    } catch (IOException e) {
      // as its end
      System.err.println(e);
    }
    System.exit(130);
  }
}
