package org.noisescape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.AugmentedNoise;
import org.noisescape.objective.AugmentedRisk;
import org.noisescape.objective.PictureViews;
import org.noisescape.objective.RiskOptions;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Tensor;

/**
 * The noise of augmented gradients over the training data, parted into that between samples and
 * that between draws of one sample ({@link AugmentedNoise}).
 *
 * <p>Its draws are the same at every measurement, and none of those that steps see. Cost: K
 * gradient passes over the training data.
 */
public final class AugmentedNoiseProbe implements Probe {
  /** Draws of a probe are apart from those of steps. */
  private static final Purpose DRAWS = Purpose.AUGMENTATION.user(1);

  private final AugmentedRisk risk;

  private AugmentedNoiseProbe(ProbeSite site, int draws) {
    TrainingPlan plan = site.plan();
    RiskOptions options =
        RiskOptions.values()
            .with(Backward.YES)
            .withReplicas(plan.replicas())
            .withStatistics(site.evaluation());
    this.risk =
        new AugmentedRisk(
                plan.augmentation(),
                draws,
                new PictureViews.Draws(DRAWS, plan.seed(), plan.firstReplica()),
                site.train(),
                site.arena(),
                options)
            .stoppedBy(site.stop());
  }

  /** A factory of such probes with K draws. */
  public static Probe.Factory of(int draws) {
    AugmentedRisk.requireDraws(draws);
    return new Factory() {
      @Override
      public Probe create(ProbeSite site) {
        return new AugmentedNoiseProbe(site, draws);
      }

      @Override
      public void require(TrainingPlan plan) {
        AugmentedRisk.requireChange(plan.augmentation());
      }
    };
  }

  @Override
  public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
    List<Map<String, Double>> all = new ArrayList<>();
    for (AugmentedNoise noise : risk.noise(views)) {
      Map<String, Double> quantities = new LinkedHashMap<>();
      put(quantities, "augmented_loss", noise.loss(), noise.lossStandardError());
      quantities.put("augmented_gradient_norm_squared", noise.gradientNormSquared());
      put(quantities, "augmented_noise_strength", noise.total(), noise.totalStandardError());
      put(
          quantities,
          "augmented_noise_between_samples",
          noise.betweenSamples(),
          noise.betweenSamplesStandardError());
      put(
          quantities,
          "augmented_noise_between_draws",
          noise.betweenDraws(),
          noise.betweenDrawsStandardError());
      all.add(quantities);
    }
    return all;
  }

  private static void put(
      Map<String, Double> quantities, String name, double value, double standardError) {
    quantities.put(name, value);
    if (Double.isFinite(standardError)) {
      quantities.put(name + "_standard_error", standardError);
    }
  }
}
