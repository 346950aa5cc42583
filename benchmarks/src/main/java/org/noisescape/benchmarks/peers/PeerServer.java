package org.noisescape.benchmarks.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.noisescape.files.JsonFile;

/** The other end of a {@link Peer} whose library is one of the JVM's. */
final class PeerServer {
  private static final int WARM_UP = 3;

  /** Work that is ready to be repeated; closing it gives its memory back. */
  interface Work extends Runnable, AutoCloseable {
    @Override
    void close();
  }

  private final Function<Request, Optional<Work>> works;
  private final Map<String, Optional<Work>> ready = new HashMap<>();

  /**
   * A training step that is asked for.
   *
   * @param model name in the zoo
   * @param optimizer as users write it
   * @param image (channels, height, width)
   * @param outputs K
   * @param batch B
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Request(String model, String optimizer, int[] image, int outputs, int batch) {}

  private PeerServer(Function<Request, Optional<Work>> works) {
    this.works = works;
  }

  /**
   * Answers until the standard input ends.
   *
   * @param library name and version
   * @param works makes work ready; nothing where there is no such work
   */
  static void serve(String library, Function<Request, Optional<Work>> works) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // what libraries print is not an answer
    System.setOut(System.err);
    out.println(JsonFile.MAPPER.createObjectNode().put("library", library));
    PeerServer server = new PeerServer(works);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(server.answer(JsonFile.MAPPER.readTree(line)));
    }
    server.forget();
  }

  private void forget() {
    ready.values().forEach(work -> work.ifPresent(Work::close));
    ready.clear();
  }

  private ObjectNode answer(JsonNode request) {
    ObjectNode answer = JsonFile.MAPPER.createObjectNode();
    String name = request.path("work").asText();
    if (name.equals("forget")) {
      forget();
      return answer;
    }
    try {
      if (!ready.containsKey(name)) {
        Optional<Work> work = step(request, name).flatMap(works);
        ready.put(name, work);
        work.ifPresent(one -> repeat(one, WARM_UP));
      }
      Optional<Work> work = ready.get(name);
      if (work.isEmpty()) {
        return answer.put("unknown", name);
      }
      int repetitions = request.path("repetitions").asInt();
      long begin = System.nanoTime();
      repeat(work.get(), repetitions);
      return answer.put("ms", (System.nanoTime() - begin) * 1e-6 / repetitions);
    } catch (RuntimeException | LinkageError e) {
      return answer.put("failed", e.toString().lines().findFirst().orElse(""));
    }
  }

  private static void repeat(Work work, int times) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }

  /** The step a name asks for; nothing where it asks for something else. */
  private static Optional<Request> step(JsonNode request, String name) {
    String model = request.path("model").asText();
    List<String> words = List.of(name.split("/"));
    if (words.size() > 2 || !words.getFirst().equals(model)) {
      return Optional.empty();
    }
    String optimizer = words.size() == 1 ? "sgd" : words.get(1);
    int[] image = new int[3];
    for (int i = 0; i < image.length; i++) {
      image[i] = request.path("image").path(i).asInt();
    }
    return Optional.of(
        new Request(
            model,
            optimizer,
            image,
            request.path("outputs").asInt(),
            request.path("batch").asInt()));
  }
}
