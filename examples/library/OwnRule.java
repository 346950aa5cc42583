import org.noisescape.Trained;
import org.noisescape.Training;
import org.noisescape.datasets.DataRequest;
import org.noisescape.datasets.LoadedData;
import org.noisescape.optim.RuleMemory;
import org.noisescape.optim.UpdateRule;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/** m ← βm + (1 − β)u, u ← sign(m) + σξ with ξ ~ N(0, I): signs of a momentum, with noise. */
record NoisySigns(double beta, double sigma) implements UpdateRule {
  static final Purpose NOISE = Purpose.of("example.noisy-signs");

  public Runnable bind(RuleMemory memory) {
    Engine engine = memory.engine();
    Tensor u = memory.direction();
    Tensor m = memory.state();
    Tensor deviation = memory.coefficient(sigma);
    Tensor keys = memory.keys(NOISE);
    return () -> {
      engine.linearAlgebra().axpby(1 - beta, u, beta, m);
      engine.pointwise().sign(m, u);
      engine.random().addNormal(u, deviation, keys, memory.step());
    };
  }
}

void main() {
  LoadedData data = DataRequest.of("digits").load();
  for (double sigma : List.of(0.0, 0.5)) {
    Trained trained =
        Training.of("mlp:20", data.train())
            .loss("ce")
            .optimizer(new NoisySigns(0.9, sigma))
            .learningRate(0.001)
            .batch(50)
            .epochs(3)
            .measure("loss")
            .run();
    IO.println("sigma " + sigma + ": loss " + trained.last("train_loss").getAsDouble());
  }
}
