package org.noisescape.quantities;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.noisescape.linop.EigenvalueHistogram;
import org.noisescape.linop.Eigenvalues;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricMatrix;
import org.noisescape.objective.GradientRows;
import org.noisescape.tensor.DType;

/**
 * The nonzero spectrum of G, exactly, through the Gram matrix of the rows of H_out^{1/2} J: N K
 * rows, K outputs. For mean-square loss of one output also the two sides of Eq. 7 of Mori et al.
 * (2022), (1/N) Σ ℓ_μ ∇f_μ∇f_μᵀ ≈ L G.
 */
record GramSpectrum() implements Measure {
  private static final int BINS_PER_DECADE = 4;

  @Override
  public void announce(Demand demand, int k) {
    long rows = demand.rows();
    demand.requireDense("the Gram matrix of " + rows + " rows", rows);
    if (k > rows) {
      throw new IllegalArgumentException(
          "K must be at most %d, the rows of the Gram matrix, got %d".formatted(rows, k));
    }
  }

  @Override
  public Finding measure(Point point, int k) {
    DType dtype = point.demand().dtype();
    try (SymmetricMatrix gram = point.curvature().gram(GradientRows.GAUSS_NEWTON)) {
      SymmetricEigen solver = point.solver();
      Eigenvalues all = rounded(solver.values(gram), dtype);
      Finding spectrum =
          Finding.exact(Arrays.copyOf(descending(all), k))
              .with("matrix", "G")
              .with("count", Arrays.stream(all.values()).filter(v -> v > all.error()).count())
              .with("trace", gram.trace())
              .with("effective_dimension", GaussNewtonDimension.of(gram))
              .with("histogram", histogram(all));
      if (!point.demand().isScalarRegression()) {
        return spectrum;
      }
      double[] losses = point.curvature().losses();
      double loss = Arrays.stream(losses).average().orElseThrow();
      gram.scale(Arrays.stream(losses).map(Math::sqrt).toArray());
      Eigenvalues weighted = rounded(solver.values(gram), dtype);
      Eigenvalues scaled = times(loss, all);
      return spectrum
          .with("loss", loss)
          .with("loss_weighted_top", Arrays.copyOf(descending(weighted), k))
          .with("loss_weighted_histogram", histogram(weighted))
          .with("loss_times_top", Arrays.copyOf(descending(scaled), k))
          .with("loss_times_histogram", histogram(scaled));
    }
  }

  private static double[] descending(Eigenvalues eigenvalues) {
    double[] ascending = eigenvalues.values();
    double[] descending = new double[ascending.length];
    Arrays.setAll(descending, i -> ascending[ascending.length - 1 - i]);
    return descending;
  }

  /** With the error that the element type of the gradients leaves in the values. */
  private static Eigenvalues rounded(Eigenvalues eigenvalues, DType dtype) {
    return new Eigenvalues(
        eigenvalues.dimension(),
        eigenvalues.values(),
        eigenvalues.norm(),
        Math.max(eigenvalues.error(), dtype.epsilon() * eigenvalues.norm()));
  }

  /** Counts in bins of log λ; values within the error of zero are apart. */
  private static Map<String, Object> histogram(Eigenvalues eigenvalues) {
    EigenvalueHistogram bins = EigenvalueHistogram.of(eigenvalues, BINS_PER_DECADE);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("edges", Arrays.stream(bins.edges()).boxed().toList());
    map.put("counts", Arrays.stream(bins.positive()).boxed().toList());
    map.put("zeros", bins.zeros());
    map.put("zero_below", bins.zeroBelow());
    return map;
  }

  private static Eigenvalues times(double factor, Eigenvalues eigenvalues) {
    return new Eigenvalues(
        eigenvalues.dimension(),
        Arrays.stream(eigenvalues.values()).map(value -> factor * value).toArray(),
        factor * eigenvalues.norm(),
        factor * eigenvalues.error());
  }
}
