package org.noisescape.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.LinearOperator;
import org.noisescape.objective.FirstSamples;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;

/**
 * The k largest eigenpairs of the Hessian of L over the first {@value #SAMPLES} training samples,
 * found anew by Lanczos whenever it is refreshed.
 *
 * <p>A few thousand samples tell the outlying directions from the bulk, and the directions move
 * between refreshes by more than the rest of the data would change them; the {@code drift} says by
 * how much. Cost of a refresh: some 25 products with that Hessian for each replica. Pairs that have
 * not converged are used as they are: any orthonormal vectors have a relation of their own.
 */
final class HessianEigenspace implements Subspace {
  /** Samples of the Hessian. */
  static final int SAMPLES = 1000;

  /** Largest residual relative to the largest eigenvalue; directions to a hundredth suffice. */
  static final double TOLERANCE = 1e-2;

  private final ProbeSite site;
  private final String prefix;
  private final int rank;
  private final Curvature curvature;

  /**
   * Plans memory of its own, taken when that of the run is.
   *
   * @param site of the run
   * @param prefix of the quantities' names
   * @param rank k
   */
  HessianEigenspace(ProbeSite site, String prefix, int rank) {
    this.site = site;
    this.prefix = prefix;
    this.rank = rank;
    TrainingPlan plan = site.plan();
    this.curvature =
        Curvature.plan(
            site.arena().engine(),
            plan.network(),
            plan.loss(),
            new FirstSamples(site.train().source(), Math.min(SAMPLES, site.train().size())),
            CurvatureOptions.of(plan.dtype()).withBlock(Math.min(rank, CurvatureOptions.BLOCK)));
    curvature.stop().when(site.stop()::requested);
    site.arena().onCommit(curvature::take);
  }

  @Override
  public List<Map<String, Double>> refresh(Tensor theta, Tensor target) {
    Memory memory = theta.engine().memory();
    int replicas = theta.dim(0);
    int parameters = theta.dim(1);
    double[] all = memory.readDoubles(theta);
    double[] spaces = memory.readDoubles(target);
    List<Map<String, Double>> found = new ArrayList<>();
    for (int r = 0; r < replicas; r++) {
      double[] one = Arrays.copyOfRange(all, r * parameters, (r + 1) * parameters);
      if (!Arrays.stream(one).allMatch(Double::isFinite)) {
        // not a number: the run has diverged, and the trainer says so
        found.add(Map.of(prefix + "eigenvalue", Double.NaN));
        continue;
      }
      curvature.at(one, site.statistics(r));
      LinearOperator hessian = curvature.hessian();
      LanczosOptions options =
          LanczosOptions.of(hessian, rank, End.LARGEST, site.plan().seed())
              .withTolerance(TOLERANCE);
      try (RitzPairs pairs = Lanczos.solve(hessian, options)) {
        double[] vectors = memory.readDoubles(pairs.vectors());
        found.add(quantities(pairs, overlap(spaces, r * vectors.length, vectors, parameters)));
        System.arraycopy(vectors, 0, spaces, r * vectors.length, vectors.length);
      } catch (ArithmeticException e) {
        found.add(Map.of(prefix + "eigenvalue", Double.NaN));
      }
    }
    memory.write(target, spaces);
    return found;
  }

  private Map<String, Double> quantities(RitzPairs pairs, double overlap) {
    Map<String, Double> quantities = new LinkedHashMap<>();
    quantities.put(prefix + "eigenvalue", pairs.values()[0]);
    quantities.put(prefix + "least_eigenvalue", pairs.values()[rank - 1]);
    quantities.put(prefix + "residual", Arrays.stream(pairs.residuals()).max().orElseThrow());
    quantities.put(prefix + "converged", pairs.allConverged() ? 1.0 : 0.0);
    quantities.put(prefix + "products", (double) pairs.products());
    quantities.put(prefix + "overlap", overlap);
    return quantities;
  }

  /** ‖Q Q′ᵀ‖²_F / k of the former and the new vectors: 1 where the space stayed, 0 at first. */
  private double overlap(double[] former, int offset, double[] now, int parameters) {
    double sum = 0;
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j < rank; j++) {
        double dot = 0;
        for (int p = 0; p < parameters; p++) {
          dot += former[offset + i * parameters + p] * now[j * parameters + p];
        }
        sum += dot * dot;
      }
    }
    return sum / rank;
  }

  @Override
  public long bytes() {
    return curvature.bytes();
  }

  @Override
  public void close() {
    curvature.close();
  }
}
