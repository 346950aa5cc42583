package org.noisescape.dl4j;

import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;

/**
 * The loss that DL4J trains with, as one here times a number.
 *
 * <p>MCXENT and NEGATIVELOGLIKELIHOOD after a softmax are the cross-entropy here. DL4J's MSE of a
 * sample is the mean over its K outputs of (f − y)², ours half the sum, so that it is 2/K of ours;
 * L2, the sum, is twice ours. DL4J's score is the mean over samples, as here; what it adds for L1,
 * L2 and weight decay is no part of it.
 *
 * @param loss here; null where there is none
 * @param factor that DL4J's loss is larger by
 * @param called what DL4J calls it
 */
public record Dl4jLoss(Loss loss, double factor, String called) {
  /**
   * The loss of an output layer.
   *
   * @param function DL4J's
   * @param softmax whether it sees the outputs after a softmax
   * @param outputs K
   */
  static Dl4jLoss of(ILossFunction function, boolean softmax, long outputs) {
    String called = String.valueOf(function);
    Class<?> type = function == null ? null : function.getClass();
    if (type == LossMCXENT.class || type == LossNegativeLogLikelihood.class) {
      boolean plain = softmax && ((LossMCXENT) function).getWeights() == null;
      return new Dl4jLoss(plain ? new CrossEntropy(0) : null, 1, called);
    }
    if (type == LossMSE.class && !softmax && ((LossMSE) function).getWeights() == null) {
      return new Dl4jLoss(new MeanSquare(), 2.0 / outputs, called);
    }
    if (type == LossL2.class && !softmax && ((LossL2) function).getWeights() == null) {
      return new Dl4jLoss(new MeanSquare(), 2, called);
    }
    return new Dl4jLoss(null, 1, called);
  }

  /** Whether a softmax before it is part of the loss here. */
  static boolean hasSoftmax(ILossFunction function) {
    return function instanceof LossMCXENT;
  }

  /** DL4J's word for an activation that only a loss has here. */
  static boolean isSoftmax(Object activation) {
    return activation instanceof ActivationSoftmax;
  }

  /**
   * The same loss, where there is one.
   *
   * @throws IllegalArgumentException in one line where there is none
   */
  public Dl4jLoss require() {
    if (loss == null) {
      throw new IllegalArgumentException(
          "DL4J's loss %s has no counterpart here: train with MCXENT after a SOFTMAX, or with MSE or L2,"
                  .formatted(called)
              + " without weights");
    }
    return this;
  }
}
