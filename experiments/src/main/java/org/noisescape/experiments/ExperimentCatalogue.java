package org.noisescape.experiments;

import java.util.List;
import org.noisescape.datasets.NearestName;
import org.noisescape.experiments.liu.ApproximationErrors;
import org.noisescape.experiments.liu.BayesRate;
import org.noisescape.experiments.liu.DepthLearningRate;
import org.noisescape.experiments.liu.Distribution2d;
import org.noisescape.experiments.liu.EscapeEfficiencyTimes;
import org.noisescape.experiments.liu.Kramers;
import org.noisescape.experiments.liu.Momentum;
import org.noisescape.experiments.liu.SecondOrderMethods;
import org.noisescape.experiments.liu.Variance1d;
import org.noisescape.experiments.meng.Density;
import org.noisescape.experiments.meng.EscapeTime;
import org.noisescape.experiments.meng.EscapeTwoD;
import org.noisescape.experiments.meng.NoiseCovariance;
import org.noisescape.experiments.meng.PlSgd;
import org.noisescape.experiments.mori.CriticalLearningRate;
import org.noisescape.experiments.mori.Decoupling;
import org.noisescape.experiments.mori.FirstPassageLinear;
import org.noisescape.experiments.mori.FirstPassageNetwork;
import org.noisescape.experiments.mori.HessianSpectrum;
import org.noisescape.experiments.mori.NoiseVsLoss;
import org.noisescape.experiments.mori.Stationary;
import org.noisescape.experiments.wei.EntropicForce;
import org.noisescape.experiments.wei.HessianNoiseAlignment;
import org.noisescape.experiments.wei.MinimalValley;
import org.noisescape.experiments.wei.NegativeEigenvalues;
import org.noisescape.experiments.wei.Timescales;
import org.noisescape.experiments.wei.TraceDeterminant;
import org.noisescape.experiments.wei.TraceRate;

/** The experiments by id. */
public final class ExperimentCatalogue {
  private static final List<Experiment> EXPERIMENTS =
      List.of(
          NoiseVsLoss.meanSquare(),
          NoiseVsLoss.crossEntropy(),
          new Decoupling(),
          new HessianSpectrum(),
          new Stationary(),
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
          new Variance1d(),
          new Distribution2d(),
          new Momentum(),
          new Kramers(),
          new BayesRate(),
          new EscapeEfficiencyTimes(),
          new ApproximationErrors(),
          new SecondOrderMethods(),
          new DepthLearningRate());

  private ExperimentCatalogue() {}

  /** All ids, in the order of the listing. */
  public static List<String> ids() {
    return EXPERIMENTS.stream().map(Experiment::id).toList();
  }

  /** The experiment of an id, or an error with the nearest one. */
  public static Experiment find(String id) {
    return EXPERIMENTS.stream()
        .filter(experiment -> experiment.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(NearestName.unknown("experiment", id, ids())));
  }
}
