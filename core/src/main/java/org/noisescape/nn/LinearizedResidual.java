package org.noisescape.nn;

import java.util.IdentityHashMap;
import java.util.Map;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Tensor;

/** Tangents through y = act(f(x) + s(x)), act piecewise linear. */
final class LinearizedResidual implements LinearizedLayer {
  private final Wiring io;
  private final TangentWiring wiring;
  private final Activation activation;
  private final BoundResidual.Split split;
  private final LinearizedLayer main;
  private final LinearizedLayer shortcut;
  private final Tensor mainDot;
  private final Tensor aroundDot;
  private final Tensor aroundBarDot;
  private final Tensor xBarAroundDot;
  private final Tensor[] yDots;
  private final Tensor[] yBarDots;
  private final Map<Tensor[][], Tensor[][][]> cuts = new IdentityHashMap<>();

  LinearizedResidual(
      Wiring io,
      Activation activation,
      BoundLayer main,
      BoundLayer shortcut,
      int mainParameters,
      boolean mainReadsOutput,
      TangentWiring wiring) {
    this.io = io;
    this.wiring = wiring;
    this.activation = activation;
    this.split = new BoundResidual.Split(mainParameters);
    boolean moves = wiring.yDot() != null && (wiring.xDot() != null || mainParameters > 0);
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
      main.tangent(split.main(theta), main(thetaDot));
      if (mainDot != wiring.yDot()) {
        io.engine().memory().copy(mainDot, wiring.yDot());
      }
    }
    if (shortcut != null) {
      shortcut.tangent(split.shortcut(theta), shortcut(thetaDot));
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
    main.backwardTangent(split.main(theta), main(thetaDot), main(thetaBarDot), accumulation);
    if (shortcut != null) {
      shortcut.backwardTangent(
          split.shortcut(theta), shortcut(thetaDot), shortcut(thetaBarDot), accumulation);
    }
    end();
  }

  @Override
  public void pullback(Tensor[] theta, Tensor[][] thetaBarDot, Accumulation accumulation) {
    begin();
    main.pullback(split.main(theta), main(thetaBarDot), accumulation);
    if (shortcut != null) {
      shortcut.pullback(split.shortcut(theta), shortcut(thetaBarDot), accumulation);
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

  private Tensor[][] main(Tensor[][] tangents) {
    return cut(tangents)[0];
  }

  private Tensor[][] shortcut(Tensor[][] tangents) {
    return cut(tangents)[1];
  }

  private Tensor[][][] cut(Tensor[][] tangents) {
    Tensor[][][] cut = cuts.get(tangents);
    if (cut == null) {
      cut = new Tensor[2][tangents.length][];
      for (int k = 0; k < tangents.length; k++) {
        cut[0][k] = split.main(tangents[k]);
        cut[1][k] = split.shortcut(tangents[k]);
      }
      cuts.put(tangents, cut);
    }
    return cut;
  }
}
