package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.emulated.Emulator;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.ReplicaState;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Sampling;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.Vectors;

/**
 * A replica's many steps within one launch, in which warps depend on each other most: whichever are
 * early or late between two barriers, the bits are the same.
 */
class EnsembleDriftTest {
  private static final String ORDER = "EMULATOR_ORDER";
  private static final int SEEDS = 6;
  private static final int SAMPLES = 90;

  private Emulator emulator;

  @BeforeEach
  void begin() {
    Emulator found = Emulator.require();
    assumeTrue(
        System.getProperty(LibraryFinder.PROPERTY, "").equals(found.folder().toString()),
        "the engine runs on a real GPU");
    emulator = found;
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.set(ORDER, null);
    }
  }

  private static ArraySamples data(int inputs, int outputs) {
    double[] normals = Vectors.normals(9, SAMPLES * (inputs + outputs));
    float[] x = new float[SAMPLES * inputs];
    float[] y = new float[SAMPLES * outputs];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) normals[i];
    }
    for (int i = 0; i < y.length; i++) {
      y[i] = (float) normals[x.length + i];
    }
    return new ArraySamples(new int[] {inputs, 1, 1}, outputs, x, y);
  }

  private static ReplicaState run(String model, int inputs, int outputs, int batch, DType dtype) {
    NetworkPlan plan =
        new NetworkPlan(
            ModelZoo.build(model, new int[] {inputs, 1, 1}, outputs),
            Losses.parse("mse"),
            List.of(),
            0.02,
            batch,
            Sampling.WITHOUT_REPLACEMENT,
            new double[0],
            new double[] {1e9},
            2,
            5,
            0,
            2,
            dtype);
    try (Engine engine = Engines.open("cuda", 1);
        ReplicaProgram program = plan.program(engine, data(inputs, outputs))) {
      program.advance(6);
      return program.state();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mlp:10, 37, 1, 10, FLOAT32",
    "mlp:10, 37, 1, 10, FLOAT64",
    "'mlp:12,7', 37, 3, 10, FLOAT32",
    "'mlp:12,7', 37, 3, 10, FLOAT64",
    "linear, 784, 2, 45, FLOAT32" // memory for one mini-batch only
  })
  void bitsDoNotDependOnWhichWarpsAreLate(
      String model, int inputs, int outputs, int batch, DType dtype) {
    ReplicaState expected = run(model, inputs, outputs, batch, dtype);
    for (int seed = 0; seed < SEEDS; seed++) {
      emulator.set(ORDER, "drift:" + seed);
      ReplicaState state = run(model, inputs, outputs, batch, dtype);
      assertThat(state.theta()).as("drift:%d", seed).isEqualTo(expected.theta());
      assertThat(state.values()).as("drift:%d", seed).isEqualTo(expected.values());
    }
  }
}
