package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.emulated.Emulator;
import org.noisescape.cuda.emulated.Libraries;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.MaxPoolPlan;
import org.noisescape.tensor.Precision;
import org.noisescape.tensor.Program;
import org.noisescape.tensor.Tensor;

/** What the contract of all engines does not see: chunks, cuDNN's part, precision, recording. */
class ConvolutionPlanTest {
  private static final int NOT_SUPPORTED = 3000;
  private static final int REPLICAS = 2;
  private static final int SAMPLES = 5;

  /** Explicit gradients; reordered weights, channels in fours. */
  private static final ConvolutionGeometry LARGE = new ConvolutionGeometry(9, 8, 4, 6, 3, 3, 1, 1);

  /** Gram matrices. */
  private static final ConvolutionGeometry SMALL = new ConvolutionGeometry(4, 3, 8, 12, 3, 3, 1, 1);

  /** Unfolded, not reordered. */
  private static final ConvolutionGeometry STRIDED =
      new ConvolutionGeometry(9, 8, 3, 5, 1, 1, 2, 0);

  /** One channel, three and ten: what tensor cores take in fours or eights only. */
  private static final ConvolutionGeometry GREY = new ConvolutionGeometry(9, 8, 1, 10, 3, 3, 1, 1);

  private static final ConvolutionGeometry COLOURS =
      new ConvolutionGeometry(9, 8, 3, 10, 5, 5, 1, 2);

  private static final ConvolutionGeometry TEN = new ConvolutionGeometry(6, 6, 10, 10, 3, 3, 1, 1);

  private static final List<String> PASSES = List.of("Forward", "BackwardData", "BackwardFilter");

  private Libraries libraries;

  @BeforeEach
  void begin() {
    libraries = Libraries.underTest();
    libraries.begin();
  }

  @AfterEach
  void end() {
    if (libraries != null) {
      libraries.end();
    }
  }

  private Device device(Precision precision) {
    return new Device(libraries.installation(), precision);
  }

  private static PlannedConvolution.Results unfolded(
      Device device, CudaEngine engine, ConvolutionGeometry g, DType dtype, long budget) {
    try (PlannedConvolution convolution =
        new PlannedConvolution(
            engine,
            g,
            dtype,
            REPLICAS,
            SAMPLES,
            (geometry, replicas, samples, arena) ->
                new UnfoldPlan(
                    device, geometry, Activation.TANH, dtype, replicas, samples, arena, budget))) {
      convolution.run();
      return convolution.results();
    }
  }

  private static PlannedConvolution planned(CudaEngine engine, ConvolutionGeometry g, DType dtype) {
    return new PlannedConvolution(
        engine,
        g,
        dtype,
        REPLICAS,
        SAMPLES,
        (geometry, replicas, samples, arena) ->
            engine.convolution().plan(geometry, Activation.TANH, dtype, replicas, samples, arena));
  }

  private static PlannedConvolution.Results run(
      CudaEngine engine, ConvolutionGeometry g, DType dtype) {
    try (PlannedConvolution convolution = planned(engine, g, dtype)) {
      convolution.run();
      return convolution.results();
    }
  }

  /** Requires differences below a bound in units of the largest expected value. */
  private static void assertClose(double[] actual, double[] expected, double relative) {
    double size = 0;
    for (double value : expected) {
      size = Math.max(size, Math.abs(value));
    }
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).as("element %d", i).isCloseTo(expected[i], within(relative * size));
    }
  }

  private static void assertClose(
      PlannedConvolution.Results actual, PlannedConvolution.Results expected, double relative) {
    assertClose(actual.forward(), expected.forward(), relative);
    assertClose(actual.inputGradient(), expected.inputGradient(), relative);
    assertClose(actual.weightGradient(), expected.weightGradient(), relative);
    assertClose(actual.biasGradient(), expected.biasGradient(), relative);
    assertClose(actual.summedWeights(), expected.summedWeights(), relative);
    assertClose(actual.norms(), expected.norms(), relative);
    assertClose(actual.rows(), expected.rows(), relative);
  }

  @Test
  void chunksOfSamplesGiveWhatAllSamplesAtOnceGive() {
    Device device = device(Precision.FLOAT32);
    try (CudaEngine engine = new CudaEngine(device)) {
      for (ConvolutionGeometry g : List.of(LARGE, SMALL, STRIDED)) {
        PlannedConvolution.Results whole =
            unfolded(device, engine, g, DType.FLOAT64, UnfoldMemory.BUDGET);
        long patches = 8L * g.positions() * g.patchSize();
        // one sample at a time, two and a rest of one, a replica at a time
        for (long budget : new long[] {1, 2 * patches, SAMPLES * patches}) {
          PlannedConvolution.Results chunked = unfolded(device, engine, g, DType.FLOAT64, budget);
          assertThat(chunked.forward()).isEqualTo(whole.forward());
          assertThat(chunked.inputGradient()).isEqualTo(whole.inputGradient());
          assertThat(chunked.norms()).isEqualTo(whole.norms());
          assertThat(chunked.rows()).isEqualTo(whole.rows());
          assertThat(chunked.biasGradient()).isEqualTo(whole.biasGradient());
          assertClose(chunked, whole, 1e-13);
        }
      }
    }
  }

  @Test
  void cudnnGivesWhatUnfoldedImagesGive() {
    Device device = device(Precision.FLOAT32);
    try (CudaEngine engine = new CudaEngine(device)) {
      for (ConvolutionGeometry g : List.of(LARGE, SMALL, STRIDED)) {
        assertClose(
            run(engine, g, DType.FLOAT64),
            unfolded(device, engine, g, DType.FLOAT64, UnfoldMemory.BUDGET),
            1e-13);
      }
      libraries.onLog(
          emulator -> {
            for (String pass : PASSES) {
              assertThat(emulator.count("cudnnConvolution" + pass)).as(pass).isPositive();
            }
          });
    }
  }

  @Test
  void whatCudnnDoesNotSupportIsDoneByUnfoldedImages() {
    Emulator emulator = libraries.emulator();
    Device device = device(Precision.FLOAT32);
    try (CudaEngine engine = new CudaEngine(device)) {
      PlannedConvolution.Results expected =
          unfolded(device, engine, LARGE, DType.FLOAT64, UnfoldMemory.BUDGET);
      for (String pass : PASSES) {
        emulator.begin();
        // more often than it is asked
        for (int question = 0; question < 16; question++) {
          emulator.fail("cudnnGetConvolution" + pass + "WorkspaceSize", NOT_SUPPORTED, question);
        }
        PlannedConvolution.Results actual = run(engine, LARGE, DType.FLOAT64);
        assertThat(emulator.count("cudnnConvolution" + pass)).as(pass).isZero();
        assertClose(actual, expected, 1e-13);
      }
    }
  }

  /** Replicas of an odd size: all but the first begin beside a boundary of 16 bytes. */
  @Test
  void replicasThatLieAskewAreNotGivenToCudnnInPlace() {
    ConvolutionGeometry g = new ConvolutionGeometry(5, 5, 3, 1, 3, 3, 1, 1);
    PlannedConvolution.Results exact;
    try (CudaEngine engine = new CudaEngine(device(Precision.FLOAT32))) {
      exact = run(engine, g, DType.FLOAT64);
    }
    libraries.begin();
    try (CudaEngine engine = new CudaEngine(device(Precision.TF32))) {
      assertClose(run(engine, g, DType.FLOAT32), exact, 4 * Math.sqrt(27) * 0x1p-10);
      libraries.onLog(
          emulator -> {
            for (String pass : PASSES) {
              assertThat(emulator.count("cudnnConvolution" + pass)).as(pass).isZero();
            }
          });
    }
  }

  /** The library would take Winograd's: zeros would be rounding noise. */
  @Test
  void onlyReproducibleAlgorithmsWithoutTransformsRun() {
    try (CudaEngine engine = new CudaEngine(device(Precision.FLOAT32))) {
      PlannedConvolution.Results first = run(engine, LARGE, DType.FLOAT32);
      assertThat(run(engine, LARGE, DType.FLOAT32).sameBits(first)).isTrue();
      libraries.onLog(
          emulator -> {
            assertThat(emulator.calls())
                .filteredOn(line -> line.startsWith("cudnnConvolutionBackward"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith(" 1"));
            assertThat(emulator.calls())
                .filteredOn(line -> line.matches("cudnnConvolutionForward .*"))
                .isNotEmpty()
                .allMatch(line -> line.matches(".* [012]"));
          });
    }
  }

  @Test
  void transformsAreTakenWhereTheyAreAllowedAndTheEngineSaysSo() {
    Emulator emulator = libraries.emulator();
    System.setProperty("noisescape.cudnn", "fast");
    try (CudaEngine engine = new CudaEngine(device(Precision.FLOAT32))) {
      run(engine, LARGE, DType.FLOAT32);
      assertThat(engine.description()).contains("cuDNN 9.10.0 with transforms");
      assertThat(emulator.calls()).anyMatch(line -> line.equals("cudnnConvolutionForward 7"));
    } finally {
      System.clearProperty("noisescape.cudnn");
    }
    try (CudaEngine engine = new CudaEngine(device(Precision.FLOAT32))) {
      assertThat(engine.description()).contains("cuDNN 9.10.0,");
    }
  }

  @Test
  void anArenaDestroysWhatItsConvolutionsDescribed() {
    Emulator emulator = libraries.emulator();
    CudaEngine engine = new CudaEngine(device(Precision.FLOAT32));
    run(engine, LARGE, DType.FLOAT32);
    for (String kind : List.of("Tensor", "Filter", "Convolution")) {
      long created = emulator.count("cudnnCreate" + kind + "Descriptor");
      assertThat(created).as(kind).isPositive();
      assertThat(emulator.count("cudnnDestroy" + kind + "Descriptor")).isEqualTo(created);
    }
    engine.close();
    assertThat(emulator.count("cudnnCreate")).isEqualTo(1);
    assertThat(emulator.count("cudnnDestroy")).isEqualTo(1);
  }

  /**
   * TF32 keeps 10 bits: a relative error of up to 2⁻¹⁰ a product. With independent signs those of
   * 72 products of normals add up to about √72 · 2⁻¹⁰; four times that bounds what is of size 1. In
   * float32 the additions round partial sums of size √72.
   */
  @Test
  void tf32RoundsFactorsOnChannelsLastImagesAndFloat32DoesNot() {
    for (ConvolutionGeometry g : List.of(LARGE, SMALL, STRIDED, GREY, COLOURS, TEN)) {
      PlannedConvolution.Results exact;
      PlannedConvolution.Results single;
      try (CudaEngine engine = new CudaEngine(device(Precision.FLOAT32))) {
        exact = run(engine, g, DType.FLOAT64);
        single = run(engine, g, DType.FLOAT32);
        assertClose(single, exact, 4 * Math.max(72, g.patchSize()) * 0x1p-24);
      }
      libraries.begin();
      try (CudaEngine engine = new CudaEngine(device(Precision.TF32))) {
        PlannedConvolution.Results rounded = run(engine, g, DType.FLOAT32);
        assertClose(rounded, exact, 4 * Math.sqrt(Math.max(72, g.patchSize())) * 0x1p-10);
        libraries.onLog(
            emulator -> {
              assertThat(rounded.forward()).isNotEqualTo(single.forward());
              assertThat(emulator.calls())
                  .filteredOn(line -> line.startsWith("cudnnSetTensor4dDescriptor"))
                  .isNotEmpty()
                  .allMatch(line -> line.startsWith("cudnnSetTensor4dDescriptor 1 0 "));
            });
        assertClose(run(engine, g, DType.FLOAT64), exact, 1e-15);
      }
    }
  }

  @Test
  void recordedPassesRepeatBitByBitAndTakeNoMemory() {
    try (CudaEngine engine = new CudaEngine(device(Precision.FLOAT32));
        PlannedConvolution convolution = planned(engine, LARGE, DType.FLOAT32)) {
      convolution.run();
      PlannedConvolution.Results once = convolution.results();
      AtomicLong allocations = new AtomicLong();
      libraries.onLog(emulator -> allocations.set(emulator.allocations()));
      Program program = engine.record(convolution.arena(), convolution::run);
      for (int replay = 0; replay < 3; replay++) {
        program.replay();
        assertThat(convolution.results().sameBits(once)).isTrue();
      }
      libraries.onLog(emulator -> assertThat(emulator.allocations()).isEqualTo(allocations.get()));
    }
  }

  @Test
  void aNotANumberIsTheMaximumOfItsWindows() {
    ConvolutionGeometry g = new ConvolutionGeometry(3, 3, 1, 1, 2, 2, 1, 0);
    try (CudaEngine engine = new CudaEngine(device(Precision.FLOAT32));
        Arena arena = engine.arena()) {
      MaxPoolPlan plan = engine.convolution().maxPool(g, DType.FLOAT32, 1, 1, arena);
      Tensor x = arena.reserve(DType.FLOAT32, 1, 1, 9);
      Tensor y = arena.reserve(DType.FLOAT32, 1, 1, 4);
      Tensor argmax = arena.reserve(DType.INT32, 1, 1, 4);
      arena.commit();
      engine.memory().write(x, new double[] {3, 5, 1, 2, 2, Double.NaN, 0, 6, 7});
      plan.forward(x, y, argmax);
      double nan = Double.NaN;
      assertThat(engine.memory().readDoubles(y)).containsExactly(5, nan, 6, nan);
      assertThat(engine.memory().readInts(argmax)).containsExactly(1, 5, 7, 5);
    }
  }
}
