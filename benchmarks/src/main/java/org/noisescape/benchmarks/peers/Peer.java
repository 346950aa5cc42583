package org.noisescape.benchmarks.peers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.noisescape.files.JsonFile;

/** A process that times work on request. */
public final class Peer implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintStream requests;
  private final String library;
  private final String setting;
  private final Set<String> failed = new HashSet<>();

  private Peer(Process process, String setting) throws IOException {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.requests = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.setting = setting;
    try {
      this.library = next().path("library").asText();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Starts a process and waits for its greeting.
   *
   * @param setting what is said of it beside its library, such as its threads
   * @param environment variables that are set; an empty one is taken away
   * @throws IOException where it cannot be started, or ends before it has greeted
   */
  public static Peer start(List<String> command, String setting, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    environment.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            builder.environment().remove(name);
          } else {
            builder.environment().put(name, value);
          }
        });
    return new Peer(builder.start(), setting);
  }

  /** Name and version. */
  public String library() {
    return library;
  }

  /** Its threads, or its device. */
  public String setting() {
    return setting;
  }

  /**
   * Does the work; nothing where the peer has no such work, or failed at it, which is said once.
   *
   * @param request a workload with {@code work} and {@code repetitions}
   */
  public Optional<PeerAnswer> ask(ObjectNode request) {
    String work = request.path("work").asText();
    if (failed.contains(work)) {
      return Optional.empty();
    }
    requests.println(request);
    try {
      JsonNode answer = next();
      if (answer.path("ms").isNumber()) {
        return Optional.of(read(answer));
      }
      failed.add(work);
      if (answer.has("failed")) {
        complain(work, answer.path("failed").asText());
      }
    } catch (IOException e) {
      failed.add(work);
      complain(work, e.getMessage());
    }
    return Optional.empty();
  }

  /** Gives back the memory of all work done so far. */
  public void forget() {
    requests.println(JsonFile.MAPPER.createObjectNode().put("work", "forget"));
    try {
      next();
    } catch (IOException e) {
      complain("forget", e.getMessage());
    }
    failed.clear();
  }

  private void complain(String work, String reason) {
    System.out.printf("  %s, %s cannot do %s: %s%n", library, setting, work, reason);
  }

  private PeerAnswer read(JsonNode answer) {
    Map<String, Double> found = new TreeMap<>();
    answer
        .path("found")
        .properties()
        .forEach(entry -> found.put(entry.getKey(), entry.getValue().asDouble()));
    return new PeerAnswer(
        answer.path("ms").asDouble(), answer.path("library").asText(library), found);
  }

  /** The next line that is JSON: libraries write on the standard output too. */
  private JsonNode next() throws IOException {
    String line = answers.readLine();
    while (line != null && !line.startsWith("{")) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new IOException("the process ended");
    }
    try {
      return JsonFile.MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    requests.close();
    process.destroy();
  }
}
