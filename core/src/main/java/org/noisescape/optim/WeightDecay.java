package org.noisescape.optim;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.LinearAlgebra;
import org.noisescape.tensor.Tensor;

/**
 * u ← u + λθ. Before momentum and its kin it is coupled, the gradient of ½λ‖θ‖² (PyTorch's {@code
 * weight_decay}); behind them decoupled, so that θ shrinks by ηλθ a step (Loshchilov and Hutter
 * 2019, AdamW).
 *
 * @param decay λ ≥ 0
 * @param decoupled whether it stands behind the rules with a memory
 * @param weightsOnly whether biases and the scales and shifts of normalisations are left out
 */
public record WeightDecay(double decay, boolean decoupled, boolean weightsOnly)
    implements UpdateRule {
  /** Checks λ. */
  public WeightDecay {
    Range.notNegative("weight-decay", decay);
  }

  @Override
  public boolean isIdentity() {
    return decay == 0;
  }

  @Override
  public String text() {
    return "weight-decay:"
        + decay
        + (decoupled ? ",decoupled" : "")
        + (weightsOnly ? ",weights" : "");
  }

  @Override
  public List<String> schedulable() {
    return List.of("decay");
  }

  @Override
  public Runnable bind(RuleMemory memory) {
    LinearAlgebra algebra = memory.engine().linearAlgebra();
    Tensor lambda = memory.coefficient(now -> now.of("decay", decay));
    List<Tensor> from = new ArrayList<>();
    List<Tensor> to = new ArrayList<>();
    if (weightsOnly) {
      for (RuleMemory.Segment segment : memory.weightSegments()) {
        from.add(memory.theta().slice(segment.start(), segment.size()));
        to.add(memory.direction().slice(segment.start(), segment.size()));
      }
    } else {
      from.add(memory.theta());
      to.add(memory.direction());
    }
    return () -> {
      for (int i = 0; i < to.size(); i++) {
        algebra.axpy(lambda, from.get(i), to.get(i));
      }
    };
  }

  @Override
  public VectorRule onVectors() {
    if (weightsOnly) {
      throw new IllegalArgumentException(
          "%s: a landscape has no biases to leave out, write weight-decay:%s"
              .formatted(text(), decay));
    }
    return VectorRule.of(
        0,
        (theta, u, states, draws) -> {
          for (int i = 0; i < u.length; i++) {
            u[i] += decay * theta[i];
          }
        });
  }
}
