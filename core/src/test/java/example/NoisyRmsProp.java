package example;

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
