package example;

import java.util.List;
import org.noisescape.nn.BoundLayer;
import org.noisescape.nn.Layer;
import org.noisescape.nn.LinearizedLayer;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.nn.SampleGradientRows;
import org.noisescape.nn.SampleGradients;
import org.noisescape.nn.TangentBlock;
import org.noisescape.nn.TangentWiring;
import org.noisescape.nn.Wiring;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Reduction;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.Transpose;

/**
 * y = W x, without bias.
 *
 * @param outputs rows of W
 */
public record Projection(int outputs) implements Layer {
  @Override
  public int[] outputShape(int[] input) {
    return new int[] {outputs};
  }

  @Override
  public List<ParameterSpec> parameters(int[] input) {
    int[] shape = {outputs, input[0]};
    return List.of(ParameterSpec.weight("weight", shape, input[0], outputs));
  }

  @Override
  public boolean isPiecewiseLinear() {
    return true;
  }

  @Override
  public BoundLayer bind(Wiring wiring, Activation following) {
    return new Bound(wiring);
  }

  private static final class Bound implements BoundLayer {
    private final Wiring io;
    private final Tensor inputNorms;
    private final Tensor outputNorms;

    Bound(Wiring io) {
      this.io = io;
      this.inputNorms = io.arena().reserve(DType.FLOAT64, io.replicas(), io.samples());
      this.outputNorms = io.arena().reserve(DType.FLOAT64, io.replicas(), io.samples());
    }

    @Override
    public void forward(Tensor[] theta) {
      io.engine().linearAlgebra().gemm(Transpose.NO, Transpose.YES, 1, io.x(), theta[0], 0, io.y());
    }

    @Override
    public void backward(
        Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
      LinearAlgebra algebra = io.engine().linearAlgebra();
      if (norms != null) {
        Reduction reduction = io.engine().reduction();
        reduction.sampleDots(io.x(), io.x(), inputNorms);
        reduction.sampleDots(io.yBar(), io.yBar(), outputNorms);
        algebra.addProducts(0, inputNorms, outputNorms, norms);
      }
      if (io.xBar() != null) {
        algebra.gemm(Transpose.NO, Transpose.NO, 1, io.yBar(), theta[0], 0, io.xBar());
      }
      if (thetaBar != null) {
        addTo(thetaBar[0], io.yBar(), io.x(), accumulation);
      }
    }

    /** W̄ ← (W̄ +) Σ_n ȳ_n x_nᵀ. */
    private void addTo(Tensor weights, Tensor yBar, Tensor x, Accumulation accumulation) {
      double beta = accumulation == Accumulation.ADD ? 1 : 0;
      io.engine().linearAlgebra().gemm(Transpose.YES, Transpose.NO, 1, yBar, x, beta, weights);
    }

    @Override
    public SampleGradients sampleGradients(Arena arena) {
      int replicas = io.replicas();
      int samples = io.samples();
      int inputs = io.x().dim(2);
      int outputs = io.y().dim(2);
      Tensor rows = arena.reserve(io.dtype(), replicas, samples, outputs * inputs);
      Tensor matrices = rows.reshape(replicas * samples, outputs, inputs);
      Tensor x = io.x().reshape(replicas * samples, 1, inputs);
      Tensor yBar = io.yBar().reshape(replicas * samples, 1, outputs);
      return new SampleGradientRows(() -> addTo(matrices, yBar, x, Accumulation.OVERWRITE), rows);
    }

    @Override
    public LinearizedLayer linearize(TangentWiring wiring) {
      int count = wiring.tangents();
      TangentBlock xDot = TangentBlock.of(wiring.xDot(), count);
      TangentBlock yDot = TangentBlock.of(wiring.yDot(), count);
      TangentBlock xBarDot = TangentBlock.of(wiring.xBarDot(), count);
      TangentBlock yBarDot = TangentBlock.of(wiring.yBarDot(), count);
      LinearAlgebra algebra = io.engine().linearAlgebra();
      return new LinearizedLayer() {
        @Override
        public void tangent(Tensor[] theta, Tensor[][] thetaDot) {
          if (xDot != null) {
            algebra.gemm(Transpose.NO, Transpose.YES, 1, xDot.merged(), theta[0], 0, yDot.merged());
          }
          double beta = xDot == null ? 0 : 1;
          for (int k = 0; k < count; k++) {
            Tensor dot = yDot.single()[k];
            algebra.gemm(Transpose.NO, Transpose.YES, 1, io.x(), thetaDot[k][0], beta, dot);
          }
        }

        @Override
        public void backwardTangent(
            Tensor[] theta,
            Tensor[][] thetaDot,
            Tensor[][] thetaBarDot,
            Accumulation accumulation) {
          pullback(theta, thetaBarDot, accumulation);
          for (int k = 0; k < count; k++) {
            if (xDot != null) {
              addTo(thetaBarDot[k][0], io.yBar(), xDot.single()[k], Accumulation.ADD);
            }
            if (xBarDot != null) {
              Tensor bar = xBarDot.single()[k];
              algebra.gemm(Transpose.NO, Transpose.NO, 1, io.yBar(), thetaDot[k][0], 1, bar);
            }
          }
        }

        @Override
        public void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
          for (int k = 0; k < count; k++) {
            Tensor bar = yBarDot.single()[k];
            if (xBarDot != null) {
              Tensor back = xBarDot.single()[k];
              algebra.gemm(Transpose.NO, Transpose.NO, 1, bar, theta[0], 0, back);
            }
            addTo(thetaBarDot[k][0], bar, io.x(), accumulation);
          }
        }
      };
    }
  }
}
