package org.noisescape.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Command lines that nobody should write, one a line of {@code hostile-lines.txt}: exit code and
 * line. {@code $W} stands for the folders of {@link World}, {@code $N} for a folder that is not
 * there, {@code \s} for a space within a word, {@code \e} for nothing, {@code \0}, {@code \x1b} and
 * {@code \n} for these characters.
 */
class HostileLinesTest {
  @TempDir(factory = MemoryFolder.class)
  static Path shared;

  /** A tenth of the samples a training has where its line names no data. */
  private static final List<String> FEWER = List.of("--dataset", "digits:train=1000,test=100");

  private static World good;

  @BeforeAll
  static void make() throws IOException {
    good = World.in(shared.resolve("good"));
  }

  static Stream<String> lines() throws IOException {
    try (var stream =
        Objects.requireNonNull(HostileLinesTest.class.getResourceAsStream("hostile-lines.txt"))) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("lines")
  void endsWithItsCodeAndOneLine(String line) throws Exception {
    int space = line.indexOf(' ');
    int code = Integer.parseInt(line.substring(0, space));
    Path fresh = shared.resolve("new");
    World.delete(fresh);
    List<String> words = new ArrayList<>();
    for (String word : line.substring(space).strip().split(" +")) {
      words.add(
          word.replace("$W", good.root().toString())
              .replace("$N", fresh.toString())
              .replace("\\s", " ")
              .replace("\\e", "")
              .replace("\\0", "\0")
              .replace("\\x1b", "\u001b")
              .replace("\\n", "\n"));
    }
    boolean writes = List.of("train", "run", "sweep").contains(words.getFirst());
    if (writes && !line.contains("--out") && !line.contains("--resume") && !line.contains("help")) {
      words.addAll(1, List.of("--out", fresh.toString()));
    }
    if (line.substring(space).startsWith(" train ")
        && !line.matches(".*--(dataset|config|resume|like).*")) {
      words.addAll(1, FEWER);
    }
    Attempt attempt = Attempt.of(words);
    assertThat(attempt.faults(List.of(code))).as(attempt.told()).isEmpty();
    if (code == 2) {
      assertThat(Files.exists(fresh)).as("%s is left behind", fresh).isFalse();
    }
  }
}
