package org.noisescape.benchmarks.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.optimizer.Sgd;
import ai.djl.training.tracker.Tracker;
import java.io.IOException;
import java.util.Optional;
import org.noisescape.benchmarks.peers.PeerServer.Request;
import org.noisescape.benchmarks.peers.PeerServer.Work;

/** Training steps of libtorch, by DJL's blocks, gradient collector and optimizers. */
public final class LibtorchPeer {
  private static final float RATE = 0.001f;

  private LibtorchPeer() {}

  /** Serves; no arguments. */
  public static void main(String[] arguments) throws IOException {
    Engine engine = Engine.getEngine("PyTorch");
    PeerServer.serve("libtorch " + engine.getVersion() + " (DJL)", LibtorchPeer::work);
  }

  private static Optional<Work> work(Request request) {
    Optional<Optimizer> optimizer = optimizer(request.optimizer());
    return optimizer.flatMap(
        rule ->
            LibtorchModels.block(request.model(), request.outputs())
                .map(block -> new Step(block, rule, request)));
  }

  private static Optional<Optimizer> optimizer(String name) {
    Tracker rate = Tracker.fixed(RATE);
    Sgd.Builder sgd = Optimizer.sgd().setLearningRateTracker(rate);
    return switch (name) {
      case "sgd" -> Optional.of(sgd.build());
      case "momentum:0.9" -> Optional.of(sgd.optMomentum(0.9f).build());
      case "adam" -> Optional.of(Adam.builder().optLearningRateTracker(rate).build());
      default -> Optional.empty();
    };
  }

  /** ½ of the squared error, summed over outputs, mean over samples. */
  private static final class HalfSquares extends Loss {
    HalfSquares() {
      super("half squares");
    }

    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
      NDArray error = predictions.singletonOrThrow().sub(labels.singletonOrThrow());
      return error.square().sum().mul(0.5 / error.getShape().get(0));
    }
  }

  private static final class Step implements Work {
    private final Model model;
    private final Trainer trainer;
    private final NDManager manager;
    private final NDArray features;
    private final NDArray labels;

    Step(Block block, Optimizer optimizer, Request request) {
      model = Model.newInstance("benchmark", Device.cpu(), "PyTorch");
      model.setBlock(block);
      trainer =
          model.newTrainer(
              new DefaultTrainingConfig(new HalfSquares())
                  .optOptimizer(optimizer)
                  .optDevices(new Device[] {Device.cpu()}));
      int[] image = request.image();
      Shape shape =
          request.model().startsWith("mlp")
              ? new Shape(request.batch(), (long) image[0] * image[1] * image[2])
              : new Shape(request.batch(), image[0], image[1], image[2]);
      trainer.initialize(shape);
      manager = trainer.getManager().newSubManager();
      features = manager.randomUniform(0, 1, shape);
      labels = manager.randomUniform(0, 1, new Shape(request.batch(), request.outputs()));
    }

    @Override
    public void run() {
      try (NDManager step = manager.newSubManager();
          GradientCollector collector = trainer.newGradientCollector()) {
        // what is computed of them belongs to the step, and is freed with it
        features.tempAttach(step);
        labels.tempAttach(step);
        NDList outputs = trainer.forward(new NDList(features));
        NDArray loss = trainer.getLoss().evaluate(new NDList(labels), outputs);
        collector.backward(loss);
      }
      trainer.step();
    }

    @Override
    public void close() {
      manager.close();
      trainer.close();
      model.close();
    }
  }
}
