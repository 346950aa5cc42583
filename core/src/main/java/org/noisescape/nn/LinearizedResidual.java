package org.noisescape.nn;

import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/** Tangents through y = act(f(x) + s(x)), act piecewise linear. */
final class LinearizedResidual implements LinearizedLayer {
  private final Wiring io;
  private final TangentWiring wiring;
  private final Activation activation;
  private final ParameterCuts cuts;
  private final LinearizedLayer main;
  private final LinearizedLayer shortcut;
  private final Tensor mainDot;
  private final Tensor aroundDot;
  private final Tensor aroundBarDot;
  private final Tensor xBarAroundDot;
  private final Tensor[] yDots;
  private final Tensor[] yBarDots;

  LinearizedResidual(
      Wiring io,
      Activation activation,
      BoundLayer main,
      BoundLayer shortcut,
      ParameterCuts cuts,
      boolean mainReadsOutput,
      TangentWiring wiring) {
    this.io = io;
    this.wiring = wiring;
    this.activation = activation;
    this.cuts = cuts;
    boolean moves = wiring.yDot() != null && (wiring.xDot() != null || !cuts.isEmpty(0));
    this.mainDot = !moves ? null : mainReadsOutput ? like(wiring.yDot()) : wiring.yDot();
    this.main = main.linearize(with(wiring.xDot(), mainDot, wiring.xBarDot(), wiring.yBarDot()));
    this.aroundBarDot = like(wiring.yBarDot());
    if (shortcut == null) {
      this.aroundDot = wiring.xDot();
      this.xBarAroundDot = aroundBarDot;
      this.shortcut = null;
    } else {
      this.aroundDot = like(wiring.yDot());
      this.xBarAroundDot = like(wiring.xBarDot());
      this.shortcut =
          shortcut.linearize(with(wiring.xDot(), aroundDot, xBarAroundDot, aroundBarDot));
    }
    this.yDots = singles(wiring.yDot());
    this.yBarDots = singles(wiring.yBarDot());
  }

  private TangentWiring with(Tensor xDot, Tensor yDot, Tensor xBarDot, Tensor yBarDot) {
    return new TangentWiring(wiring.buffers(), wiring.tangents(), xDot, yDot, xBarDot, yBarDot);
  }

  private Tensor like(Tensor tensor) {
    return tensor == null ? null : wiring.buffers().reserve(io.dtype(), tensor.shape());
  }

  private Tensor[] singles(Tensor dots) {
    return dots == null ? new Tensor[0] : TangentBlock.of(dots, wiring.tangents()).single();
  }

  @Override
  public void tangent(Tensor[] theta, Tensor[][] thetaDot) {
    if (wiring.yDot() == null) {
      return;
    }
    if (mainDot == null) {
      io.engine().memory().fill(wiring.yDot(), 0);
    } else {
      main.tangent(cuts.of(0, theta), cuts.of(0, thetaDot));
      if (mainDot != wiring.yDot()) {
        io.engine().memory().copy(mainDot, wiring.yDot());
      }
    }
    if (shortcut != null) {
      shortcut.tangent(cuts.of(1, theta), cuts.of(1, thetaDot));
    }
    if (aroundDot != null) {
      io.engine().linearAlgebra().axpby(1, aroundDot, 1, wiring.yDot());
    }
    for (Tensor yDot : yDots) {
      io.engine().tangents().activation(activation, io.y(), null, yDot);
    }
  }

  @Override
  public void backwardTangent(
      Tensor[] theta, Tensor[][] thetaDot, Tensor[][] thetaBarDot, Accumulation accumulation) {
    begin();
    main.backwardTangent(
        cuts.of(0, theta), cuts.of(0, thetaDot), cuts.of(0, thetaBarDot), accumulation);
    if (shortcut != null) {
      shortcut.backwardTangent(
          cuts.of(1, theta), cuts.of(1, thetaDot), cuts.of(1, thetaBarDot), accumulation);
    }
    end();
  }

  @Override
  public void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
    begin();
    main.pullback(cuts.of(0, theta), cuts.of(0, thetaBarDot), accumulation);
    if (shortcut != null) {
      shortcut.pullback(cuts.of(1, theta), cuts.of(1, thetaBarDot), accumulation);
    }
    end();
  }

  private void begin() {
    for (Tensor yBarDot : yBarDots) {
      io.engine()
          .pointwise()
          .activationBackward(activation, io.y(), yBarDot, null, Accumulation.OVERWRITE);
    }
    io.engine().memory().copy(wiring.yBarDot(), aroundBarDot);
  }

  private void end() {
    if (wiring.xBarDot() != null) {
      io.engine().linearAlgebra().axpby(1, xBarAroundDot, 1, wiring.xBarDot());
    }
  }
}
