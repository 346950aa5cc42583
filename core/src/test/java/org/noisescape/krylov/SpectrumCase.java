package org.noisescape.krylov;

import java.util.List;
import java.util.stream.Stream;
import org.noisescape.tensor.DType;
import org.noisescape.testing.DenseOperator;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.testing.Spectra;

/**
 * A planted spectrum on an engine, in an element type.
 *
 * @param label what is special
 * @param engine engine
 * @param dtype element type
 * @param values eigenvalues
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SpectrumCase(String label, EngineUnderTest engine, DType dtype, double[] values) {
  private static final List<SpectrumCase> SPECTRA =
      List.of(
          of("P = 1", 3.5),
          of("P = 2", -1, 4),
          of("P = 3, two equal", 2, 2, -7),
          of("P = 5", 5, 1, 0.5, -0.25, -3),
          of("P = 7, identity", 1, 1, 1, 1, 1, 1, 1),
          of("P = 7, zero", 0, 0, 0, 0, 0, 0, 0),
          of("P = 97, geometric", Spectra.values(97, i -> Math.pow(0.8, i))),
          of("P = 97, indefinite", Spectra.values(97, i -> Math.cos(0.1 + i) * (1 + 0.05 * i))),
          of("P = 97, outliers", Spectra.values(97, i -> i < 4 ? 20 - 4 * i : 0.01 * (97 - i))),
          of("P = 97, clustered", Spectra.values(97, i -> 1 + i % 5 + 1e-3 * Math.sin(i))),
          of("P = 97, rank 6", Spectra.values(97, i -> i < 6 ? 6 - i : 0)),
          of("P = 97, triple", Spectra.values(97, i -> i < 3 ? 2 : Math.pow(0.9, i))),
          of("P = 97, graded", Spectra.values(97, i -> Math.pow(10, -0.2 * i))));

  private static SpectrumCase of(String label, double... values) {
    return new SpectrumCase(label, EngineUnderTest.HOST, DType.FLOAT64, values);
  }

  /** All spectra on all engines in both types. */
  static Stream<SpectrumCase> all() {
    return EngineUnderTest.all()
        .flatMap(
            engine ->
                Stream.of(DType.FLOAT32, DType.FLOAT64)
                    .flatMap(
                        dtype ->
                            SPECTRA.stream()
                                .map(c -> new SpectrumCase(c.label, engine, dtype, c.values))));
  }

  /** A matrix of this spectrum. */
  double[][] matrix() {
    return Spectra.matrix(11, values);
  }

  DenseOperator operator(int block) {
    return new DenseOperator(engine.engine(), dtype, block, matrix());
  }

  double norm() {
    double norm = 0;
    for (double value : values) {
      norm = Math.max(norm, Math.abs(value));
    }
    return norm;
  }

  /**
   * Rounding of one product relative to the norm: sums of P terms, in blocks, and the rounding of
   * the matrix's entries.
   */
  double rounding() {
    double epsilon = Basis.epsilon(dtype);
    return 8 * epsilon * Math.sqrt(1 + values.length);
  }

  @Override
  public String toString() {
    return label + ", " + engine + ", " + dtype.label();
  }
}
