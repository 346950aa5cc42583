package org.noisescape.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.JavaCommand;
import org.noisescape.cells.PlaceRequest;

/** Talks to the stand-ins that run. */
public final class StandInCells implements AutoCloseable {
  private final ServerSocket server;
  private final Map<String, Voice> early = new HashMap<>();

  StandInCells() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  /** Where they find the test. */
  int port() {
    return server.getLocalPort();
  }

  /** Cells in the folder of a sweep. */
  public static List<CellTask> tasks(Path sweep, int port, String... names) {
    List<CellTask> tasks = new ArrayList<>();
    for (String name : names) {
      tasks.add(
          new CellTask(
              name,
              "cell " + name,
              new CellFolder(sweep.resolve("cells").resolve(name)),
              (run, begun) ->
                  List.of(Integer.toString(port), name, run.toString(), Boolean.toString(begun))));
    }
    return tasks;
  }

  /** What a place is told of them. */
  static PlaceRequest request(Path sweep) {
    Path classes =
        Path.of(StandIn.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    return new PlaceRequest(
        sweep,
        "stand-ins",
        1,
        OptionalInt.empty(),
        new JavaCommand(
            SparkBed.java(),
            List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            List.of(classes.toString()),
            StandIn.class.getName()),
        Optional.empty());
  }

  /** The next stand-in of a cell. */
  Voice await(String name) throws IOException {
    while (!early.containsKey(name)) {
      Voice voice = new Voice(server.accept());
      early.put(voice.name(), voice);
    }
    return early.remove(name);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** One of them. */
  static final class Voice {
    private final BufferedReader in;
    private final PrintWriter out;
    private final String[] words;

    Voice(Socket socket) throws IOException {
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      out =
          new PrintWriter(
              new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8), true);
      words = in.readLine().split(" ", 4);
    }

    String name() {
      return words[0];
    }

    /** Whether it continues a run. */
    boolean begun() {
      return Boolean.parseBoolean(words[1]);
    }

    /** The process that started it. */
    ProcessHandle executor() {
      return ProcessHandle.of(Long.parseLong(words[2])).orElseThrow();
    }

    /** Its CUDA_VISIBLE_DEVICES. */
    String devices() {
      return words[3];
    }

    /** Says a line to it; its answer, or null where it has ended. */
    String tell(String line) throws IOException {
      out.println(line);
      return in.readLine();
    }
  }
}
