import static org.noisescape.tensor.Transpose.NO;
import static org.noisescape.tensor.Transpose.YES;

import org.noisescape.Trained;
import org.noisescape.Training;
import org.noisescape.datasets.DataRequest;
import org.noisescape.nn.BilinearLayer;
import org.noisescape.nn.Dense;
import org.noisescape.nn.ElementwiseLayer;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Tensor;

/** y = W x without bias: linear in W and in x. */
class Projection extends BilinearLayer {
  final int outputs;

  Projection(int outputs) {
    this.outputs = outputs;
  }

  public int[] outputShape(int[] input) {
    return new int[] {outputs};
  }

  protected ParameterSpec weight(int[] input) {
    return ParameterSpec.weight("weight", new int[] {outputs, input[0]}, input[0], outputs);
  }

  protected void apply(Tensor w, Tensor x, Tensor y, Accumulation add) {
    x.engine().linearAlgebra().gemm(NO, YES, 1, x, w, add.beta(), y);
  }

  protected void toInput(Tensor w, Tensor yBar, Tensor xBar, Accumulation add) {
    w.engine().linearAlgebra().gemm(NO, NO, 1, yBar, w, add.beta(), xBar);
  }

  protected void toWeights(Tensor x, Tensor yBar, Tensor wBar, Accumulation add) {
    x.engine().linearAlgebra().gemm(YES, NO, 1, yBar, x, add.beta(), wBar);
  }
}

/** y = x², f′ = 2x, f″ = 2. */
class Square extends ElementwiseLayer {
  protected void value(Tensor x, Tensor y, Tensor... work) {
    x.engine().pointwise().multiply(x, x, y);
  }

  protected void slope(Tensor x, Tensor slope, Tensor... work) {
    x.engine().linearAlgebra().axpby(2, x, 0, slope);
  }

  protected void bend(Tensor x, Tensor bend, Tensor... work) {
    x.engine().memory().fill(bend, 2);
  }
}

void main() {
  SampleSource train = DataRequest.of("digits").withTarget("parity").load().train();
  Network network = Network.ofFeatures(train.imageShape(), new Projection(8), new Square(), new Dense(1));
  Trained trained =
      Training.of(network, train).learningRate(0.02).batch(20).epochs(5).measure("noise").run();
  IO.println("loss " + trained.last("train_loss").getAsDouble());
  IO.println("noise strength " + trained.measure("noise-strength").value());
  IO.println("eigenvalues of H " + trained.measure("hessian-top:2").values());
}
