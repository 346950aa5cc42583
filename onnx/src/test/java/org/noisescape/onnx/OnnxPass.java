package org.noisescape.onnx;

import java.nio.file.Path;
import java.util.Arrays;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.tensor.Accumulation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.EngineUnderTest;
import org.noisescape.train.Checkpoint;

/** A network with stored parameters on samples, on the fast engine, in evaluation mode. */
final class OnnxPass implements AutoCloseable {
  private static final Engine ENGINE = EngineUnderTest.HOST.engine();
  private static final Loss LOSS = Losses.parse("ce");

  private final Network network;
  private final int samples;
  private final Arena arena = ENGINE.arena();
  private final BoundNetwork bound;
  private final Tensor gradient;
  private final Tensor[] theta;
  private final Tensor[] thetaBar;
  private final Tensor target;
  private final Tensor scale;
  private final Tensor losses;
  private final Tensor norms;

  /** The network of a file of ONNX with its parameters. */
  static OnnxPass of(Path file, int[] image, int outputs, int samples, DType dtype) {
    Network network = ModelZoo.build("onnx:" + file, image, outputs);
    Checkpoint.Contents contents = Checkpoint.read(file, network);
    return new OnnxPass(
        network, contents.state().theta(), contents.state().statistics(), samples, dtype);
  }

  OnnxPass(Network network, double[] parameters, double[] running, int samples, DType dtype) {
    this.network = network;
    this.samples = samples;
    Memory memory = ENGINE.memory();
    Tensor all = arena.reserve(dtype, 1, network.parameterCount());
    this.gradient = arena.reserve(dtype, 1, network.parameterCount());
    BatchStatistics statistics = network.evaluation(arena, 1);
    this.bound = network.bind(arena, dtype, 1, samples, Backward.YES, statistics);
    this.target = arena.reserve(dtype, bound.output().shape());
    this.scale = arena.reserve(DType.FLOAT64, 1);
    this.losses = arena.reserve(DType.FLOAT64, 1, samples);
    this.norms = arena.reserve(DType.FLOAT64, 1, samples);
    this.theta = network.view(all);
    this.thetaBar = network.view(gradient);
    arena.commit();
    memory.write(all, parameters);
    if (running.length > 0) {
      memory.write(statistics.running(), running);
    }
    memory.write(scale, 1.0 / samples);
  }

  /** Outputs (N, K) of samples (N, C, H, W). */
  double[] outputs(double... x) {
    ENGINE.memory().write(bound.input(), channelsLast(x));
    bound.layer().forward(theta);
    return ENGINE.memory().readDoubles(bound.output());
  }

  /** Mean cross-entropy, the square of its gradient, and those of the samples behind it. */
  double[] measured(double[] x, int... labels) {
    outputs(x);
    int classes = network.outputSize();
    double[] hot = new double[samples * classes];
    for (int n = 0; n < samples; n++) {
      hot[n * classes + labels[n]] = 1;
    }
    LOSS.prepareTargets(hot, classes);
    ENGINE.memory().write(target, hot);
    ENGINE.memory().fill(norms, 0);
    LOSS.evaluate(ENGINE, bound.output(), target, samples, scale, losses, bound.outputBar());
    bound.layer().backward(theta, thetaBar, Accumulation.OVERWRITE, norms);
    double[] squares = ENGINE.memory().readDoubles(norms);
    double[] result = new double[2 + samples];
    result[0] = Arrays.stream(ENGINE.memory().readDoubles(losses)).average().orElseThrow();
    result[1] = Arrays.stream(ENGINE.memory().readDoubles(gradient)).map(g -> g * g).sum();
    for (int n = 0; n < samples; n++) {
      result[2 + n] = squares[n] * samples * samples;
    }
    return result;
  }

  private double[] channelsLast(double... x) {
    if (!network.takesImages()) {
      return x;
    }
    int[] shape = network.inputShape();
    int pixels = shape[0] * shape[1];
    int channels = shape[2];
    double[] moved = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int within = i % (pixels * channels);
      moved[i - within + within % pixels * channels + within / pixels] = x[i];
    }
    return moved;
  }

  @Override
  public void close() {
    arena.close();
  }
}
