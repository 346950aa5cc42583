package org.noisescape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name means one thing, so that any classes can be imported beside each other. */
class ClassNamesTest {
  private static final List<String> MODULES =
      List.of("core", "cuda", "datasets", "experiments", "onnx", "dl4j", "spark", "benchmarks");

  @Test
  void noTwoTopLevelClassesOfTheProductShareAName() throws IOException {
    Map<String, List<String>> places = new TreeMap<>();
    for (String module : MODULES) {
      Path sources = Path.of("..", module, "src", "main", "java");
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .map(file -> sources.relativize(file).toString())
            .filter(file -> file.endsWith(".java") && !file.endsWith("package-info.java"))
            .forEach(
                file ->
                    places
                        .computeIfAbsent(
                            file.substring(file.lastIndexOf('/') + 1), name -> new ArrayList<>())
                        .add(module + "/" + file));
      }
    }
    assertThat(places).hasSizeGreaterThan(500);
    places.values().removeIf(files -> files.size() == 1);
    assertThat(places).isEmpty();
  }
}
