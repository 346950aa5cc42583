package org.noisescape.experiments;

import java.util.List;
import org.noisescape.datasets.NearestName;
import org.noisescape.experiments.meng.NoiseCovariance;
import org.noisescape.experiments.mori.CriticalLearningRate;
import org.noisescape.experiments.mori.Decoupling;
import org.noisescape.experiments.mori.FirstPassageLinear;
import org.noisescape.experiments.mori.FirstPassageNetwork;
import org.noisescape.experiments.mori.HessianSpectrum;
import org.noisescape.experiments.mori.NoiseVsLoss;
import org.noisescape.experiments.mori.Stationary;
import org.noisescape.experiments.wei.HessianNoiseAlignment;
import org.noisescape.experiments.wei.NegativeEigenvalues;
import org.noisescape.experiments.wei.Timescales;

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
          new NegativeEigenvalues(),
          new HessianNoiseAlignment(),
          new Timescales());

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
