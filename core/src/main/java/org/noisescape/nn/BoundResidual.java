package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Tensor;

/** A block with a shortcut over fixed memory. */
final class BoundResidual implements BoundLayer {
  private final Wiring io;
  private final Activation activation;
  private final BoundLayer main;
  private final BoundLayer shortcut;
  private final Tensor mainOutput;
  private final Tensor around;
  private final Tensor aroundBar;
  private final Tensor xBarAround;
  private final ParameterCuts cuts;

  BoundResidual(Residual layer, Wiring io, Activation activation) {
    this.io = io;
    this.activation = activation;
    int[] input = io.inputShape();
    int mainStatistics = BatchStatistics.size(layer.main().runningStatistics(input));
    this.mainOutput = layer.main().readsOutput() ? like(io.y()) : io.y();
    this.main =
        layer
            .main()
            .bind(
                wiring(mainOutput, io.xBar(), io.yBar(), io.statistics().part(0, mainStatistics)),
                Activation.IDENTITY);
    this.aroundBar = io.yBar() == null ? null : like(io.yBar());
    this.cuts =
        new ParameterCuts(
            layer.main().parameters(input).size(),
            layer.shortcut() == null ? 0 : layer.shortcut().parameters(input).size());
    if (layer.shortcut() == null) {
      this.around = io.x();
      this.xBarAround = aroundBar;
      this.shortcut = null;
    } else {
      int statistics = BatchStatistics.size(layer.shortcut().runningStatistics(input));
      this.around = like(io.y());
      this.xBarAround = io.xBar() == null ? null : like(io.xBar());
      this.shortcut =
          layer
              .shortcut()
              .bind(
                  wiring(
                      around,
                      xBarAround,
                      aroundBar,
                      io.statistics().part(mainStatistics, statistics)),
                  Activation.IDENTITY);
    }
  }

  private Tensor like(Tensor tensor) {
    return io.arena().reserve(io.dtype(), tensor.shape());
  }

  private Wiring wiring(Tensor y, Tensor xBar, Tensor yBar, BatchStatistics statistics) {
    return new Wiring(
        io.arena(), io.inputShape(), io.x(), y, xBar, yBar, io.cotangents(), statistics);
  }

  @Override
  public void forward(Tensor[] theta) {
    main.forward(cuts.of(0, theta));
    if (shortcut != null) {
      shortcut.forward(cuts.of(1, theta));
    }
    if (mainOutput != io.y()) {
      io.engine().memory().copy(mainOutput, io.y());
    }
    io.engine().linearAlgebra().axpby(1, around, 1, io.y());
    if (activation != Activation.IDENTITY) {
      io.engine().pointwise().activate(activation, io.y(), io.y());
    }
  }

  @Override
  public void backward(Tensor[] theta, Tensor[] thetaBar, Accumulation accumulation, Tensor norms) {
    io.engine()
        .pointwise()
        .activationBackward(activation, io.y(), io.yBar(), null, Accumulation.OVERWRITE);
    // the branches may overwrite their cotangents
    io.engine().memory().copy(io.yBar(), aroundBar);
    main.backward(cuts.of(0, theta), cuts.of(0, thetaBar), accumulation, norms);
    if (shortcut != null) {
      shortcut.backward(cuts.of(1, theta), cuts.of(1, thetaBar), accumulation, norms);
    }
    if (io.xBar() != null) {
      io.engine().linearAlgebra().axpby(1, xBarAround, 1, io.xBar());
    }
  }

  @Override
  public LinearizedLayer linearize(TangentWiring wiring) {
    boolean apart = mainOutput != io.y();
    return new LinearizedResidual(io, activation, main, shortcut, cuts, apart, wiring);
  }

  @Override
  public SampleGradients sampleGradients(Arena arena) {
    List<SampleGradients> all = new ArrayList<>();
    all.add(main.sampleGradients(arena));
    if (shortcut != null) {
      all.add(shortcut.sampleGradients(arena));
    }
    return new SampleGradientSums(all);
  }
}
