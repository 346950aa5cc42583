package example;

import java.util.List;
import org.noisescape.optim.OptimizerProvider;
import org.noisescape.optim.RuleArguments;
import org.noisescape.optim.RuleMemory;
import org.noisescape.optim.UpdateRule;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * v ← βv + (1 − β)u², u ← u/(√v + ε) − σξ, ξ ~ N(0, I).
 *
 * @param decay β
 * @param epsilon ε
 * @param deviation σ
 */
public record NoisyRmsProp(double decay, double epsilon, double deviation) implements UpdateRule {
  static final Purpose NOISE = Purpose.of("example.rmsprop-noise");

  /** {@code noisy-rmsprop:BETA,EPSILON,SIGMA}. */
  public static final class Provider implements OptimizerProvider {
    @Override
    public String usage() {
      return "noisy-rmsprop:0.9,1e-3,0.5";
    }

    @Override
    public String description() {
      return "RMSprop with Gaussian noise (beta, epsilon, sigma)";
    }

    @Override
    public List<UpdateRule> rules(RuleArguments arguments) {
      return List.of(
          new NoisyRmsProp(
              arguments.number(0, "beta"),
              arguments.number(1, "epsilon"),
              arguments.number(2, "sigma")));
    }
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    Engine engine = memory.engine();
    Tensor u = memory.direction();
    Tensor v = memory.state();
    Tensor square = memory.scratch();
    Tensor root = memory.scratch();
    Tensor sigma = memory.coefficient(-deviation);
    Tensor keys = memory.keys(NOISE);
    return () -> {
      engine.pointwise().multiply(u, u, square);
      engine.linearAlgebra().axpby(1 - decay, square, decay, v);
      engine.pointwise().sqrt(v, square);
      engine.memory().fill(root, epsilon);
      engine.linearAlgebra().axpby(1, square, 1, root);
      engine.pointwise().divide(u, root, u);
      engine.random().addNormal(u, sigma, keys, memory.step());
    };
  }
}
