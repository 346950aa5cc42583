package org.noisescape.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.cuda.device.Sass.Kind;
import org.noisescape.cuda.device.Sass.Stretch;
import org.noisescape.cuda.engine.SizedKernels;
import org.noisescape.tensor.DType;

/**
 * Instructions of the loop that does a kernel's work: a step of a chain, draw and copies included,
 * a tile of a look, a sample of a regression.
 */
@Tag("nvrtc")
class HotLoopsTest {
  private static final int HOPPER = 90;
  private static final int SHARED_BYTES = 227 << 10;

  @ParameterizedTest
  @CsvSource({
    "dense_chain(784-10-1), dense_chain, FLOAT32, 400, 1700",
    "dense_look(784-10-1), dense_look, FLOAT32, 1024, 1330",
    "dense_look(784-10-1), dense_look, FLOAT64, 512, 780",
    "regression(1), regression, FLOAT64, 2, 560",
    "regression(10), regression, FLOAT64, 20, 860"
  })
  void instructionsStayFew(String sized, String kernel, DType type, int products, int most) {
    KernelCache nothing = new KernelCache(null);
    KernelCompiler compiler =
        new KernelCompiler(RealCompiler.require(HOPPER), nothing, nothing, HOPPER);
    SizedKernels.Sized sizes =
        SizedKernels.in(SHARED_BYTES).stream()
            .filter(example -> example.name().equals(sized) && example.type() == type)
            .findFirst()
            .orElseThrow();
    byte[] image =
        compiler.compileAnew(sizes.file(), Kernels.definitions(sizes.type(), sizes.sizes()));
    Sass code = new Sass(Cubin.kernels(image).get(kernel).code(), HOPPER);
    Stretch loop =
        code.loops().stream()
            .filter(found -> found.of(Kind.FMA) >= products)
            .min(Comparator.comparingInt(Stretch::instructions))
            .orElseThrow();
    System.out.printf(
        "%s %s: %d instructions, %d of them products, %d reads of shared memory, %d exchanges%n",
        sized,
        type.label(),
        loop.instructions(),
        loop.of(Kind.FMA),
        loop.of(Kind.SHARED_LOAD),
        loop.of(Kind.SHUFFLE));
    assertThat(loop.instructions()).isLessThan(most);
    assertThat(code.all().of(Kind.LOCAL)).as("what does not fit into registers").isZero();
  }
}
