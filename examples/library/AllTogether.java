import static org.noisescape.tensor.Transpose.NO;
import static org.noisescape.tensor.Transpose.YES;

import org.noisescape.Trained;
import org.noisescape.Training;
import org.noisescape.datasets.DataRequest;
import org.noisescape.datasets.LoadedData;
import org.noisescape.nn.BilinearLayer;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Network;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.optim.RuleMemory;
import org.noisescape.optim.UpdateRule;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;

/** A layer with parameters: y = W x. */
class Projection extends BilinearLayer {
  public int[] outputShape(int[] input) {
    return new int[] {8};
  }

  protected ParameterSpec weight(int[] input) {
    return ParameterSpec.weight("weight", new int[] {8, input[0]}, input[0], 8);
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

/** An update rule: m ← βm + u, u ← m. */
record Momentum(double beta) implements UpdateRule {
  public Runnable bind(RuleMemory memory) {
    Engine engine = memory.engine();
    Tensor m = memory.state();
    return () -> {
      engine.linearAlgebra().axpby(1, memory.direction(), beta, m);
      engine.memory().copy(m, memory.direction());
    };
  }
}

/** A probe: ‖θ‖. */
class Norm implements Probe {
  public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
    double[] all = theta.engine().memory().readDoubles(theta);
    return List.of(Map.of("norm", Math.sqrt(Arrays.stream(all).map(x -> x * x).sum())));
  }
}

void main() {
  LoadedData data = DataRequest.of("digits").load();
  Network network =
      Network.ofFeatures(data.train().imageShape(), new Projection(), new Dense(10));
  Path file = Path.of("whole.safetensors");
  Training training =
      Training.of(network, data.train())
          .test(data.test())
          .loss("ce")
          .optimizer(new Momentum(0.9))
          .learningRate(0.01)
          .batch(50)
          .epochs(3)
          .measure("noise")
          .measure(site -> new Norm(), Interval.EPOCH)
          .checkpoints(file, Interval.EPOCH);
  Trained trained = training.run();
  trained.measurements().forEach(line -> IO.println(line.values()));
  IO.println("eigenvalues of H " + trained.measure("hessian-top:5"));
  Trained again = training.resume(file).run();
  IO.println(Arrays.equals(again.theta(0), trained.theta(0)) ? "the same" : "another");
}
