package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.cuda.device.Sass.Kind;
import org.noisescape.cuda.device.Sass.Stretch;
import org.noisescape.tensor.DType;

/** Instructions that the innermost loops of a step take for each of their multiplications. */
@Tag("nvrtc")
class HotLoopsTest {
  private static final int HOPPER = 90;

  /** Loops with fewer copy or draw. */
  private static final int FEWEST_PRODUCTS = 10;

  @ParameterizedTest
  @CsvSource({"dense_chain, FLOAT32, 3.05", "dense_chain, FLOAT64, 3.2"})
  void instructionsForAProductStayFew(String kernel, DType type, double most) {
    KernelCache nothing = new KernelCache(null);
    KernelCompiler compiler =
        new KernelCompiler(RealCompiler.require(HOPPER), nothing, nothing, HOPPER);
    byte[] image = compiler.compileAnew(kernel, Kernels.definitions(type));
    Sass code = new Sass(Cubin.kernels(image).get(kernel).code(), HOPPER);
    List<Stretch> loops =
        code.innermostLoops().stream()
            .filter(loop -> loop.of(Kind.FMA) >= FEWEST_PRODUCTS)
            .toList();
    loops.forEach(
        loop ->
            System.out.printf(
                "%s %s: %d instructions, %d of them products, %d reads of shared memory%n",
                kernel,
                type.label(),
                loop.instructions(),
                loop.of(Kind.FMA),
                loop.of(Kind.SHARED_LOAD)));
    double instructions = loops.stream().mapToInt(Stretch::instructions).sum();
    double products = loops.stream().mapToInt(loop -> loop.of(Kind.FMA)).sum();
    assertThat(instructions / products).isLessThan(most);
  }
}
