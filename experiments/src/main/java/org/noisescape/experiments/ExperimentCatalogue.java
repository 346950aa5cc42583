package org.noisescape.experiments;

import java.util.List;
import org.noisescape.experiments.frame.Experiment;
import org.noisescape.experiments.liu.approximation.ApproximationErrors;
import org.noisescape.experiments.liu.bayes.BayesRate;
import org.noisescape.experiments.liu.depth.DepthLearningRate;
import org.noisescape.experiments.liu.distribution.Distribution2d;
import org.noisescape.experiments.liu.efficiency.EscapeEfficiencyTimes;
import org.noisescape.experiments.liu.kramers.Kramers;
import org.noisescape.experiments.liu.momentum.Momentum;
import org.noisescape.experiments.liu.secondorder.SecondOrderMethods;
import org.noisescape.experiments.liu.variance.Variance1d;
import org.noisescape.experiments.meng.covariance.NoiseCovariance;
import org.noisescape.experiments.meng.density.Density;
import org.noisescape.experiments.meng.escape.EscapeTwoD;
import org.noisescape.experiments.meng.escapetime.EscapeTime;
import org.noisescape.experiments.meng.plsgd.PlSgd;
import org.noisescape.experiments.mori.critical.CriticalLearningRate;
import org.noisescape.experiments.mori.cumulants.NoiseCumulants;
import org.noisescape.experiments.mori.decoupling.Decoupling;
import org.noisescape.experiments.mori.eigenmodes.Eigenmodes;
import org.noisescape.experiments.mori.hessian.HessianSpectrum;
import org.noisescape.experiments.mori.linearpassage.FirstPassageLinear;
import org.noisescape.experiments.mori.networkpassage.FirstPassageNetwork;
import org.noisescape.experiments.mori.noise.NoiseVsLoss;
import org.noisescape.experiments.mori.saddle.SaddleEscape;
import org.noisescape.experiments.mori.stationary.Stationary;
import org.noisescape.experiments.mori.timechange.TimeChange;
import org.noisescape.experiments.wei.alignment.HessianNoiseAlignment;
import org.noisescape.experiments.wei.designed.DesignedNoise;
import org.noisescape.experiments.wei.entropicforce.EntropicForce;
import org.noisescape.experiments.wei.negative.NegativeEigenvalues;
import org.noisescape.experiments.wei.network.NetworkValley;
import org.noisescape.experiments.wei.timescales.Timescales;
import org.noisescape.experiments.wei.tracedeterminant.TraceDeterminant;
import org.noisescape.experiments.wei.tracerate.TraceRate;
import org.noisescape.experiments.wei.valley.MinimalValley;
import org.noisescape.registry.NearestName;
import org.noisescape.registry.Registry;

/** The experiments by id: those of this project, then those that ServiceLoader finds. */
public final class ExperimentCatalogue {
  private static final Registry<Experiment> REGISTRY =
      new Registry<>(
          "experiment",
          Experiment.class,
          Experiment::id,
          List.of(
              NoiseVsLoss.meanSquare(),
              NoiseVsLoss.crossEntropy(),
              new Decoupling(),
              new HessianSpectrum(),
              new NoiseCumulants(),
              new Eigenmodes(),
              new Stationary(),
              new TimeChange(),
              SaddleEscape.isotropic(),
              SaddleEscape.unequal(),
              new FirstPassageLinear(),
              new FirstPassageNetwork(),
              new CriticalLearningRate(),
              new NoiseCovariance(),
              new EscapeTwoD(),
              new Density(),
              new EscapeTime(),
              new PlSgd(),
              new MinimalValley(),
              new NegativeEigenvalues(),
              new HessianNoiseAlignment(),
              new Timescales(),
              new TraceRate(),
              new TraceDeterminant(),
              new EntropicForce(),
              new NetworkValley(),
              new DesignedNoise(),
              new Variance1d(),
              new Distribution2d(),
              new Momentum(),
              new Kramers(),
              new BayesRate(),
              new EscapeEfficiencyTimes(),
              new ApproximationErrors(),
              new SecondOrderMethods(),
              new DepthLearningRate()));

  private ExperimentCatalogue() {}

  /** All ids, in the order of the listing. */
  public static List<String> ids() {
    return REGISTRY.names();
  }

  /** The experiment of an id, or an error with the nearest one. */
  public static Experiment find(String id) {
    return REGISTRY
        .find(id)
        .orElseThrow(
            () -> new IllegalArgumentException(NearestName.unknown("experiment", id, ids())));
  }
}
