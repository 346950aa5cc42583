package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Installation;
import org.noisescape.cuda.emulated.Emulator;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Precision;
import org.noisescape.tensor.Program;
import org.noisescape.tensor.Tensor;

/** What libraries refuse is done another way; what breaks is an error. */
class FallbackTest {
  private static final int NOT_SUPPORTED = 3000;
  private static final int EXECUTION_FAILED = 5000;
  private static final int CAPTURE_UNSUPPORTED = 900;

  private static final ConvolutionGeometry GEOMETRY =
      new ConvolutionGeometry(6, 7, 4, 3, 3, 3, 1, 1);

  private Emulator emulator;

  @BeforeEach
  void begin() {
    emulator = Emulator.require();
    emulator.begin();
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.end();
    }
  }

  private CudaEngine open() {
    return new CudaEngine(new Device(Installation.in(emulator.finder()), Precision.FLOAT32));
  }

  private static PlannedConvolution planned(CudaEngine engine) {
    return new PlannedConvolution(
        engine,
        GEOMETRY,
        DType.FLOAT64,
        2,
        3,
        (g, replicas, samples, arena) ->
            engine.convolution().plan(g, Activation.TANH, DType.FLOAT64, replicas, samples, arena));
  }

  private static double[] passes(CudaEngine engine) {
    try (PlannedConvolution convolution = planned(engine)) {
      convolution.run();
      PlannedConvolution.Results results = convolution.results();
      return java.util.stream.Stream.of(
              results.forward(), results.inputGradient(), results.weightGradient())
          .flatMapToDouble(java.util.Arrays::stream)
          .toArray();
    }
  }

  @Test
  void aPassThatCudnnRefusesWhenItRunsIsComputedWithoutIt() {
    try (CudaEngine engine = open()) {
      double[] expected = passes(engine);
      for (String pass : List.of("Forward", "BackwardData", "BackwardFilter")) {
        emulator.begin();
        emulator.fail("cudnnConvolution" + pass, NOT_SUPPORTED, 0);
        double[] actual = passes(engine);
        assertThat(emulator.count("cudnnConvolution" + pass)).as(pass).isEqualTo(1);
        for (int i = 0; i < expected.length; i++) {
          assertThat(Math.abs(actual[i] - expected[i])).isLessThan(1e-12);
        }
      }
    }
  }

  @Test
  void aPassThatBreaksIsAnError() {
    try (CudaEngine engine = open()) {
      emulator.fail("cudnnConvolutionForward", EXECUTION_FAILED, 0);
      assertThatThrownBy(() -> passes(engine))
          .isInstanceOf(CudaException.class)
          .hasMessageContaining("cudnnConvolutionForward failed with status 5000");
    }
  }

  @Test
  void aCudnnThatCannotBeOpenedIsLeftAlone() {
    try (CudaEngine engine = open()) {
      double[] expected = passes(engine);
      try (CudaEngine without = open()) {
        emulator.begin();
        emulator.fail("cudnnCreate", 1001, 0);
        double[] actual = passes(without);
        assertThat(emulator.count("cudnnConvolutionForward")).isZero();
        for (int i = 0; i < expected.length; i++) {
          assertThat(Math.abs(actual[i] - expected[i])).isLessThan(1e-12);
        }
      }
    }
  }

  @Test
  void aProgramThatTheDriverDoesNotRecordRunsOperationByOperation() {
    try (CudaEngine engine = open()) {
      Tensor x = engine.tensor(DType.FLOAT64, 1, 2);
      emulator.fail("cuLaunchKernel", CAPTURE_UNSUPPORTED, 0);
      Program program = engine.record(() -> engine.linearAlgebra().axpby(1, x, 1, x));
      engine.memory().write(x, 1.0, 3.0);
      program.replay();
      program.replay();
      assertThat(engine.memory().readDoubles(x)).containsExactly(4, 12);
      assertThat(emulator.count("cuGraphLaunch")).isZero();
      x.arena().close();
    }
  }
}
