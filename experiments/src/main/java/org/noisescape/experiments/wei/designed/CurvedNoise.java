package org.noisescape.experiments.wei.designed;

import org.noisescape.optim.RuleMemory;
import org.noisescape.optim.UpdateRule;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * Gaussian noise in a subspace of each replica's own: u ← u − Σ_i √C_i ξ_i v_i, ξ ~ N(0, I), so
 * that the step is θ ← θ − ηg + ηΣ_i √C_i ξ_i v_i. Source: Wei and Schwab, section 3.
 *
 * @param directions √C_i v_i (R, n, P), one after the other
 * @param count n
 */
record CurvedNoise(double[] directions, int count) implements UpdateRule {
  @Override
  public String text() {
    return "noise in %d directions".formatted(count);
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    Tensor u = memory.direction();
    int replicas = u.dim(0);
    int size = u.dim(1);
    Tensor basis = memory.constant(directions, replicas, count, size);
    Tensor none = memory.constant(new double[replicas * count], replicas, count);
    Tensor draws = memory.constant(new double[replicas * count], replicas, count);
    Tensor one = memory.coefficient(1);
    Tensor keys = memory.keys(Purpose.GRADIENT_NOISE);
    Tensor step = memory.step();
    Tensor row = draws.reshape(replicas, 1, count);
    Tensor into = u.reshape(replicas, 1, size);
    LinearAlgebra algebra = memory.engine().linearAlgebra();
    RandomFill random = memory.engine().random();
    return () -> {
      algebra.axpby(1, none, 0, draws);
      random.addNormal(draws, one, keys, step);
      algebra.gemm(Transpose.NO, Transpose.NO, -1, row, basis, 1, into);
    };
  }
}
