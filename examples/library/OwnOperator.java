import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.DenseMaterialization;
import org.noisescape.linop.Eigenvalues;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.tensor.Tensor;

/** The chain of n springs: (A x)_i = 2 x_i − x_{i−1} − x_{i+1}. */
record Springs(Engine engine, int dimension) implements LinearOperator {
  public String name() {
    return "springs";
  }

  public int block() {
    return 1;
  }

  public DType dtype() {
    return DType.FLOAT64;
  }

  public void apply(Tensor x, Tensor y) {
    for (int row = 0; row < x.dim(0); row++) {
      double[] v = engine.memory().readDoubles(x.rows(row, 1));
      double[] image = new double[dimension];
      for (int i = 0; i < dimension; i++) {
        image[i] = 2 * v[i] - (i > 0 ? v[i - 1] : 0) - (i + 1 < dimension ? v[i + 1] : 0);
      }
      engine.memory().write(y.rows(row, 1), image);
    }
  }
}

void main() {
  int n = 200;
  try (Engine engine = Engines.open("host", 2)) {
    LinearOperator springs = new Springs(engine, n);
    try (RitzPairs found = Lanczos.solve(springs, LanczosOptions.of(springs, 3, End.LARGEST, 1));
        DenseMaterialization dense = DenseMaterialization.of(springs)) {
      Eigenvalues all = new SymmetricEigen(2).values(dense.matrix());
      for (int k = 0; k < 3; k++) {
        IO.println(
            "Lanczos %.10f, residual %.1e; LAPACK %.10f; exact %.10f"
                .formatted(
                    found.values()[k],
                    found.residuals()[k],
                    all.values()[n - 1 - k],
                    2 + 2 * Math.cos((k + 1) * Math.PI / (n + 1))));
      }
    }
  }
}
