package org.noisescape.benchmarks.records;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.noisescape.tensor.Engine;
import org.noisescape.train.Version;

/** What a {@link Setting} is made of. */
public final class MachineFacts {
  private static final String EXCEPT_RECORDS = ":(exclude,top)benchmarks/results";

  private MachineFacts() {}

  /**
   * The setting of a measurement that begins now.
   *
   * @param engine that computes
   * @param threads of it
   * @param precision of products, in words
   * @param sources a folder within the working tree
   */
  public static Setting setting(Engine engine, int threads, String precision, Path sources) {
    Optional<String> head = git(sources, "rev-parse", "HEAD");
    String tree =
        // a run of all kinds writes its records into the tree
        git(sources, "status", "--porcelain", "--untracked-files=no", "--", ":/", EXCEPT_RECORDS)
            .map(changes -> changes.isEmpty() ? "clean" : "changed")
            .orElse("unknown");
    int cores = Runtime.getRuntime().availableProcessors();
    return new Setting(
        "%s, %d processors, %s of memory".formatted(processor(), cores, memory()),
        system(),
        "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()),
        head.orElseGet(() -> Version.current().commit()),
        tree,
        Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
        engine.name() + " (" + engine.description() + ")",
        threads,
        precision,
        List.of());
  }

  private static String processor() {
    return line(Path.of("/proc/cpuinfo"), "model name")
        .orElse(System.getProperty("os.arch"))
        .replaceAll("\\s+", " ");
  }

  private static String memory() {
    return line(Path.of("/proc/meminfo"), "MemTotal")
        .map(
            text ->
                "%.1f GiB"
                    .formatted(
                        Double.parseDouble(text.substring(0, text.indexOf(' '))) / (1 << 20)))
        .orElse("unknown size");
  }

  private static String system() {
    String name = System.getProperty("os.name") + " " + System.getProperty("os.version");
    return line(Path.of("/etc/os-release"), "PRETTY_NAME")
        .map(text -> text.replace("\"", "") + ", " + name)
        .orElse(name);
  }

  /** What stands behind a key and a colon or an equals sign. */
  private static Optional<String> line(Path file, String key) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .filter(line -> line.startsWith(key))
          .map(line -> line.split("[:=]", 2)[1].strip())
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> git(Path folder, String... words) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(Stream.concat(Stream.of("git"), Stream.of(words)).toList());
      builder.directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
      Process process = builder.start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(answer) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
