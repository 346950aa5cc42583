package example;

import static org.noisescape.tensor.Transpose.NO;
import static org.noisescape.tensor.Transpose.YES;

import org.noisescape.nn.BilinearLayer;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/** y = W x, without bias. */
public final class Projection extends BilinearLayer {
  private final int outputs;

  /**
   * A projection.
   *
   * @param outputs rows of W
   */
  public Projection(int outputs) {
    this.outputs = outputs;
  }

  @Override
  public int[] outputShape(int[] input) {
    return new int[] {outputs};
  }

  @Override
  protected ParameterSpec weight(int[] input) {
    return ParameterSpec.weight("weight", new int[] {outputs, input[0]}, input[0], outputs);
  }

  @Override
  protected void apply(Tensor w, Tensor x, Tensor y, Accumulation accumulation) {
    x.engine().linearAlgebra().gemm(NO, YES, 1, x, w, accumulation.beta(), y);
  }

  @Override
  protected void toInput(Tensor w, Tensor yBar, Tensor xBar, Accumulation accumulation) {
    w.engine().linearAlgebra().gemm(NO, NO, 1, yBar, w, accumulation.beta(), xBar);
  }

  @Override
  protected void toWeights(Tensor x, Tensor yBar, Tensor wBar, Accumulation accumulation) {
    x.engine().linearAlgebra().gemm(YES, NO, 1, yBar, x, accumulation.beta(), wBar);
  }

  @Override
  public String toString() {
    return "Projection[outputs=" + outputs + "]";
  }
}
