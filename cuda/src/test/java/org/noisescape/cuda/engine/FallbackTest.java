package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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
  private static final int ILLEGAL_ADDRESS = 700;

  private static final ConvolutionGeometry GEOMETRY =
      new ConvolutionGeometry(6, 7, 4, 3, 3, 3, 1, 1);

  private Emulator emulator;
  private long allocations;

  @BeforeEach
  void begin() {
    emulator = Emulator.require();
    emulator.begin();
    // a device that is lost here takes along what others have left
    emulator.giveBack();
    allocations = emulator.allocations();
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.begin();
      assertThat(emulator.allocations()).isEqualTo(allocations);
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

  /** An old algorithm may fail only when it runs; what it left undone is done another way. */
  @ParameterizedTest
  @ValueSource(ints = {NOT_SUPPORTED, 2000, 4000, EXECUTION_FAILED})
  void aPassThatFailsOnADeviceThatWorksIsComputedWithoutCudnn(int status) {
    try (CudaEngine engine = open()) {
      double[] expected = passes(engine);
      emulator.fail("cudnnConvolutionBackwardFilter", status, 0);
      double[] actual = passes(engine);
      for (int i = 0; i < expected.length; i++) {
        assertThat(Math.abs(actual[i] - expected[i])).isLessThan(1e-12);
      }
    }
  }

  /** The first replica's result is there already and would be added twice. */
  @Test
  void aPassThatFailsHalfWayIsAnError() {
    try (CudaEngine engine = open()) {
      emulator.fail("cudnnConvolutionForward", EXECUTION_FAILED, 1);
      assertThatThrownBy(() -> passes(engine))
          .isInstanceOf(CudaException.class)
          .hasMessageContaining("cudnnConvolutionForward failed with status 5000")
          .hasMessageContaining("emulated cuDNN keeps no message");
    }
  }

  @Test
  void aPassThatBreaksTheDeviceIsAnError() {
    try (CudaEngine engine = open()) {
      emulator.fail("cudnnConvolutionForward", EXECUTION_FAILED, 0);
      emulator.fail("cuStreamSynchronize", ILLEGAL_ADDRESS, 0);
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

  @ParameterizedTest
  @CsvSource({"0, 3", "1, 2", "2, 0"})
  void aProgramIsRecordedAtItsSecondReplayOrItsThird(int failures, int launches) {
    try (CudaEngine engine = open()) {
      Tensor x = engine.tensor(DType.FLOAT64, 1, 2);
      Program program = engine.record(x.arena(), () -> engine.linearAlgebra().axpby(1, x, 1, x));
      engine.memory().write(x, 1.0, 3.0);
      for (int i = 0; i < failures; i++) {
        emulator.fail("cuStreamBeginCapture_v2", CAPTURE_UNSUPPORTED, i);
      }
      for (int i = 0; i < 4; i++) {
        program.replay();
      }
      assertThat(engine.memory().readDoubles(x)).containsExactly(16, 48);
      assertThat(emulator.count("cuGraphLaunch")).isEqualTo(launches);
      x.arena().close();
      assertThat(emulator.count("cuGraphExecDestroy")).isEqualTo(launches > 0 ? 1 : 0);
    }
  }

  /** x doubles at each of 1 + 24 replays: one as it is, 1 + 2 · 10 + 3 of graphs. */
  @ParameterizedTest
  @CsvSource({"false, 6", "true, 24"})
  void replaysInARowAreTenAGraphUnlessThatIsRefused(boolean refused, int launches) {
    try (CudaEngine engine = open()) {
      Tensor x = engine.tensor(DType.FLOAT64, 1, 1);
      Program program = engine.record(x.arena(), () -> engine.linearAlgebra().axpby(1, x, 1, x));
      engine.memory().write(x, 1.0);
      program.replay();
      if (refused) {
        emulator.fail("cuStreamBeginCapture_v2", CAPTURE_UNSUPPORTED, 1);
      }
      program.replay(24);
      assertThat(engine.memory().readDoubles(x)).containsExactly(0x1p25);
      assertThat(emulator.count("cuGraphLaunch")).isEqualTo(launches);
      x.arena().close();
      assertThat(emulator.count("cuGraphExecDestroy")).isEqualTo(refused ? 1 : 2);
    }
  }

  @Test
  void whereARecordingIsRequiredARefusalIsAnError() {
    System.setProperty(RecordedProgram.PROPERTY, RecordedProgram.REQUIRED);
    try (CudaEngine engine = open()) {
      Tensor x = engine.tensor(DType.FLOAT64, 1, 2);
      Program program = engine.record(x.arena(), () -> engine.linearAlgebra().axpby(1, x, 1, x));
      program.replay();
      emulator.fail("cuStreamBeginCapture_v2", CAPTURE_UNSUPPORTED, 0);
      emulator.fail("cuStreamBeginCapture_v2", CAPTURE_UNSUPPORTED, 1);
      program.replay();
      assertThatThrownBy(program::replay).isInstanceOf(CudaException.class);
      x.arena().close();
    } finally {
      System.clearProperty(RecordedProgram.PROPERTY);
    }
  }

  /**
   * A refusal within a recording spoils it; the next goes without cuDNN, what it needs being loaded
   * by then.
   */
  @Test
  void aPassThatFailsWithinARecordingIsRecordedWithoutCudnn() {
    try (CudaEngine engine = open();
        PlannedConvolution convolution = planned(engine)) {
      Program program = engine.record(convolution.arena(), convolution::run);
      program.replay();
      double[] direct = convolution.results().forward();
      emulator.fail("cudnnConvolutionForward", EXECUTION_FAILED, 0);
      program.replay();
      program.replay();
      double[] recorded = convolution.results().forward();
      assertThat(emulator.count("cuGraphLaunch")).isEqualTo(1);
      for (int i = 0; i < direct.length; i++) {
        assertThat(Math.abs(recorded[i] - direct[i])).isLessThan(1e-12);
      }
    }
  }
}
