package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Installation;
import org.noisescape.cuda.emulated.Emulator;
import org.noisescape.tensor.Precision;

/**
 * A step's time is that of its nodes where networks are small: {@code step-nodes.tsv} has how many
 * of which kernel and library call each takes. A library call may be several nodes of a real graph.
 * What was found is left in {@code target/step-nodes.tsv}, to check in where it is meant.
 */
class StepNodesTest {
  private static final String TABLE = "step-nodes.tsv";
  private static final List<String> RULES = List.of("sgd", "momentum:0.9");

  @Test
  void stepsLaunchWhatTheTableSaysAndNothingElse() throws IOException {
    Emulator emulator = Emulator.require();
    emulator.begin();
    emulator.set("EMULATOR_IDLE", "1");
    List<String> lines = new ArrayList<>();
    try (Device device = new Device(Installation.in(emulator.finder()), Precision.FLOAT32)) {
      for (RecordedStep step : RecordedStep.all()) {
        for (String rule : RULES) {
          List<String> nodes = step.nodes(device, rule);
          lines.add(String.join("\t", step.model(), rule, "" + nodes.size(), counted(nodes)));
        }
      }
    } finally {
      emulator.set("EMULATOR_IDLE", null);
      emulator.end();
    }
    Files.write(Path.of("target", TABLE), lines);
    try (InputStream table = getClass().getResourceAsStream(TABLE)) {
      assertThat(lines)
          .isEqualTo(new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
    }
  }

  /** Names in their order, each once, with how often it is met. */
  private static String counted(List<String> nodes) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    nodes.forEach(name -> counts.merge(name, 1, Integer::sum));
    return counts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
