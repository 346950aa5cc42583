package org.noisescape.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.benchmarks.records.BenchmarkRow;
import org.noisescape.benchmarks.records.PeerRow;

/** Peers do the work they are timed for: where both compute a number, it is the same. */
class PeersAgreeTest {
  @Test
  void deeplearning4jTakesStepsWithEveryOptimizer() {
    BenchSession session =
        Benchmarks.run(
            "step", TinySettings.beside("dl4j", "mlp:10", "mlp:10/momentum:0.9", "mlp:10/adam"));

    assertThat(session.rows()).hasSize(3);
    for (BenchmarkRow row : session.rows()) {
      assertThat(row.peers()).hasSize(1);
      assertThat(row.peers().getFirst().library()).startsWith("DL4J");
      assertThat(row.fastest().getFirst().ratio().median()).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pass, noise strength, mlp:10, meng-cnn, resnet18:2",
    "curvature, ‖H v‖, mlp:10, meng-cnn, resnet18:2"
  })
  void pyTorchFindsTheSameNumber(
      String kind, String number, String first, String second, String third)
      throws IOException, InterruptedException {
    assumeTrue(hasTorch(), "no torch for /usr/bin/python3");

    BenchSession session =
        Benchmarks.run(kind, TinySettings.beside("pytorch", first, second, third));

    List<BenchmarkRow> rows =
        session.rows().stream().filter(row -> row.found().containsKey(number)).toList();
    assertThat(rows).hasSizeGreaterThanOrEqualTo(3);
    for (BenchmarkRow row : rows) {
      double ours = row.found().get(number);
      assertThat(row.peers()).isNotEmpty();
      for (PeerRow peer : row.peers()) {
        assertThat(peer.found().get(number))
            .describedAs(row.name() + ", " + peer.way())
            .isCloseTo(ours, within(2e-4 * ours));
      }
    }
  }

  @Test
  void pyTorchFindsTheSameSpectrum() throws IOException, InterruptedException {
    assumeTrue(hasTorch(), "no torch for /usr/bin/python3");

    BenchSession session = Benchmarks.run("spectrum", TinySettings.beside("pytorch"));

    double trace = number(session, "exact where it can be", "trace");
    for (BenchmarkRow row : session.rows()) {
      for (PeerRow peer : row.peers()) {
        if (peer.found().containsKey("error")) {
          assertThat(peer.found().get("trace"))
              .isCloseTo(trace, within(5 * peer.found().get("error")));
        } else {
          // power iteration to its own tolerance
          assertThat(peer.found().get("λ1"))
              .isCloseTo(row.found().get("λ1"), within(0.05 * row.found().get("λ1")));
        }
      }
    }
  }

  private static double number(BenchSession session, String row, String name) {
    return session.rows().stream()
        .filter(one -> one.name().contains(row))
        .mapToDouble(one -> one.found().get(name))
        .findFirst()
        .orElseThrow();
  }

  private static boolean hasTorch() throws IOException, InterruptedException {
    ProcessBuilder python =
        new ProcessBuilder(
            "/usr/bin/python3",
            "-c",
            "import importlib.util as u\nexit(u.find_spec('torch') is None)");
    try {
      return python.start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
