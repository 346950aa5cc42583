package org.noisescape.engine.host;

import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/** What a normalisation computes, and of what: shared by all sets of a pass. */
final class NormalizationOperands {
  /** A rule. */
  enum Rule {
    MOMENTS,
    FORWARD,
    BACKWARD,
    TANGENT,
    BACKWARD_TANGENT
  }

  Rule rule;
  Activation activation;
  boolean coupled;
  Tensor x;
  Tensor mean;
  Tensor variance;
  Tensor gamma;
  Tensor gammaDot;
  Tensor betaDot;
  Tensor xDot;
  Tensor yBar;
  Tensor yBarDot;
  Tensor out;

  /** Whether γ̄ and β̄, or their tangents, are wanted. */
  boolean affine;

  /** No operands but x and its moments. */
  void of(Rule next, Tensor rows, Tensor means, Tensor variances, boolean fromRows) {
    rule = next;
    coupled = fromRows;
    x = rows;
    mean = means;
    variance = variances;
    activation = Activation.IDENTITY;
    gamma = null;
    gammaDot = null;
    betaDot = null;
    xDot = null;
    yBar = null;
    yBarDot = null;
    out = null;
    affine = false;
  }
}
