package org.noisescape.experiments.wei;

import static org.noisescape.experiments.frame.SettingRows.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.datasets.Catalogue;
import org.noisescape.datasets.Dataset;
import org.noisescape.datasets.DatasetSource;
import org.noisescape.datasets.TargetMap;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.SettingRows;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.linop.StopCheck;
import org.noisescape.loss.Loss;
import org.noisescape.loss.Losses;
import org.noisescape.nn.Activate;
import org.noisescape.nn.Dense;
import org.noisescape.nn.Layer;
import org.noisescape.nn.Network;
import org.noisescape.nn.Sequential;
import org.noisescape.objective.SampleSource;
import org.noisescape.optim.UpdateRule;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Sampling;

/**
 * A smooth network with more parameters than samples, whose minima are a valley of dimension P − n:
 * dense layers with tanh between, one output, mean-square loss on even (+1) and odd (−1) labels.
 *
 * <p>At a minimum that fits all n samples the Hessian has n positive eigenvalues, and exists
 * everywhere with all its derivatives.
 *
 * @param network architecture
 * @param samples n samples
 * @param digests file → digest of the data
 */
public record ValleyNetwork(Network network, SampleSource samples, Map<String, String> digests) {
  /** What {@link #of} reads. */
  public static final SettingRows SETTINGS =
      SettingRows.of(
          row(
              "dataset",
              "data set",
              "digits:train=8,test=0,size=10",
              "digits:train=16,test=0,size=14"),
          row("subset", "the first so many training samples", "8", "16"),
          row("width", "units of each hidden layer, with tanh", "10", "16"),
          row("layers", "hidden layers", "1", "2"));

  private static final Loss LOSS = Losses.parse("mse");

  /** Steps between two looks at whether to stop. */
  private static final int STRETCH = 200;

  /** From {@link #SETTINGS}. */
  public static ValleyNetwork of(Settings settings, ExperimentRequest request) {
    Dataset all = Catalogue.load(settings.text("dataset"), request.data()).train();
    int count = settings.integer("subset", 2);
    if (count > all.size()) {
      throw settings.wrong("subset", "must be at most the %d samples".formatted(all.size()));
    }
    Dataset data = all.subset(count);
    int[] image = data.imageShape();
    List<Layer> layers = new ArrayList<>();
    int width = settings.integer("width", 1);
    int hidden = settings.integer("layers", 1);
    for (int i = 0; i < hidden; i++) {
      layers.add(new Dense(width));
      layers.add(new Activate(Activation.TANH));
    }
    layers.add(new Dense(1));
    Network network =
        new Network(
            "%d tanh layers of %d".formatted(hidden, width),
            Sequential.of(layers),
            new int[] {image[0] * image[1] * image[2]});
    if (network.parameterCount() <= count) {
      throw settings.wrong(
          "width",
          "must give more parameters than the %d samples, got %d"
              .formatted(count, network.parameterCount()));
    }
    return new ValleyNetwork(network, new DatasetSource(data, TargetMap.PARITY), data.digests());
  }

  /** n, the curved directions at a minimum. */
  public int curved() {
    return samples.size();
  }

  /** The loss of the single samples and its curvature, in float64. */
  public Curvature curvature(Engine engine, ExperimentRequest request) {
    return curvature(engine, samples, request);
  }

  /** The same of other samples. */
  public Curvature curvature(Engine engine, SampleSource others, ExperimentRequest request) {
    Curvature curvature =
        Curvature.over(engine, network, LOSS, others, CurvatureOptions.of(DType.FLOAT64));
    curvature.stop().when(request.stop());
    return curvature;
  }

  /**
   * An ensemble in float64.
   *
   * @param data what mini-batches are drawn from
   * @param rules chain from gradient to direction
   * @param rate η
   * @param batch B; all samples for gradient descent
   * @param start θ (P), (R·P), or empty for fresh weights
   */
  public ReplicaProgram program(
      Engine engine,
      SampleSource data,
      List<UpdateRule> rules,
      double rate,
      int batch,
      int replicas,
      long seed,
      double... start) {
    boolean descent = batch == data.size();
    return NetworkPlan.of(network, LOSS)
        .rules(rules)
        .learningRate(rate)
        .batch(batch)
        .sampling(descent ? Sampling.WITHOUT_REPLACEMENT : Sampling.WITH_REPLACEMENT)
        .start(start)
        .seed(seed)
        .replicas(replicas)
        .dtype(DType.FLOAT64)
        .build()
        .program(engine, data);
  }

  /**
   * Gradient descent on all samples: the projection of section 2.1.1.
   *
   * @param rate η
   * @param steps iterations
   * @param start θ (R·P), or empty for fresh weights
   * @return θ (R·P)
   * @throws org.noisescape.linop.StoppedException where the request is stopped
   */
  public double[] descend(
      Engine engine,
      ExperimentRequest request,
      double rate,
      long steps,
      int replicas,
      double... start) {
    try (ReplicaProgram program =
        program(
            engine, samples, List.of(), rate, samples.size(), replicas, request.seed(), start)) {
      return after(program, steps, request);
    }
  }

  /**
   * θ (R·P) of an ensemble after some steps.
   *
   * @throws org.noisescape.linop.StoppedException where the request is stopped
   */
  public static double[] after(ReplicaProgram program, long steps, ExperimentRequest request) {
    StopCheck check = new StopCheck();
    check.when(request.stop());
    for (long done = 0; done < steps; ) {
      check.goOn();
      done = Math.min(steps, done + STRETCH);
      program.advance(done);
    }
    return program.theta();
  }
}
