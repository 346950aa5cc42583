package org.noisescape.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.objective.RiskValue;
import org.noisescape.objective.WrongSamples;
import org.noisescape.tensor.Tensor;

/**
 * Loss and, where targets are classes, accuracy on training, test and validation data with their
 * standard errors, and, where asked for, ‖∇L‖², the noise strength 𝒩 and the noise scale 𝒩/‖∇L‖²
 * on the training data; further the number of its wrongly classified samples and their shares of Σ
 * ℓ_μ and of Σ ‖g_μ‖².
 *
 * <p>Cost: a forward pass over all of them; with noise a gradient pass over the training data
 * besides.
 */
public final class RiskProbe implements Probe {
  /** What is measured beyond loss and accuracy. */
  public enum Depth {
    /** Nothing. */
    VALUE,
    /** Gradient norm and noise strength. */
    NOISE,
    /** These, and what the wrongly classified samples carry of them. */
    WRONG_SAMPLES
  }

  private final EmpiricalRisk train;
  private final EmpiricalRisk test;
  private final EmpiricalRisk validation;
  private final Tensor gradient;
  private final Tensor[] gradientViews;
  private final WrongSamples[] wrong;

  private RiskProbe(ProbeSite site, Depth depth) {
    TrainingPlan plan = site.plan();
    boolean noise = depth != Depth.VALUE;
    if (depth == Depth.WRONG_SAMPLES && !site.train().source().hasClasses()) {
      throw new IllegalArgumentException(
          "wrong samples are counted where targets are classes: these are real numbers");
    }
    this.train = risk(site, site.train(), noise ? Backward.YES : Backward.NO);
    this.test = site.test().map(held -> risk(site, held, Backward.NO)).orElse(null);
    this.validation = site.validation().map(held -> risk(site, held, Backward.NO)).orElse(null);
    this.gradient =
        noise
            ? site.arena().reserve(plan.dtype(), plan.replicas(), plan.network().parameterCount())
            : null;
    this.gradientViews = noise ? plan.network().view(gradient) : null;
    this.wrong = depth == Depth.WRONG_SAMPLES ? new WrongSamples[plan.replicas()] : null;
  }

  /** A factory of such probes. */
  public static Probe.Factory of(Depth depth) {
    return site -> new RiskProbe(site, depth);
  }

  private static EmpiricalRisk risk(ProbeSite site, ResidentData data, Backward backward) {
    TrainingPlan plan = site.plan();
    RiskOptions options =
        RiskOptions.values()
            .with(backward)
            .withReplicas(plan.replicas())
            .withStatistics(site.evaluation());
    return new EmpiricalRisk(data, site.arena(), options).stoppedBy(site.stop());
  }

  @Override
  public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
    List<Map<String, Double>> all = new ArrayList<>();
    int replicas = theta.dim(0);
    GradientNoise[] noise =
        gradient == null ? null : train.noise(views, gradientViews, gradient, wrong);
    RiskValue[] values = noise == null ? train.value(views) : null;
    RiskValue[] held = test == null ? null : test.value(views);
    RiskValue[] validated = validation == null ? null : validation.value(views);
    for (int r = 0; r < replicas; r++) {
      Map<String, Double> quantities = new LinkedHashMap<>();
      RiskValue value = noise == null ? values[r] : noise[r].value();
      put(quantities, "train_", value);
      if (noise != null) {
        quantities.put("noise_strength", noise[r].noiseStrength());
        quantities.put("noise_strength_standard_error", noise[r].noiseStrengthStandardError());
        quantities.put("gradient_norm_squared", noise[r].gradientNormSquared());
        if (noise[r].gradientNormSquared() > 0) {
          quantities.put("gradient_noise_scale", noise[r].noiseScale());
          quantities.put("gradient_noise_scale_standard_error", noise[r].noiseScaleStandardError());
        }
      }
      if (wrong != null) {
        quantities.put("wrong_samples", (double) wrong[r].wrong());
        putFinite(quantities, "wrong_loss_share", wrong[r].lossShare());
        putFinite(quantities, "wrong_gradient_share", wrong[r].gradientShare());
      }
      if (held != null) {
        put(quantities, "test_", held[r]);
      }
      if (validated != null) {
        put(quantities, "validation_", validated[r]);
      }
      all.add(quantities);
    }
    return all;
  }

  private static void put(Map<String, Double> quantities, String prefix, RiskValue value) {
    quantities.put(prefix + "loss", value.loss());
    quantities.put(prefix + "loss_standard_error", value.lossStandardError());
    putFinite(quantities, prefix + "accuracy", value.accuracy());
    putFinite(quantities, prefix + "accuracy_standard_error", value.accuracyStandardError());
  }

  @Override
  public boolean mayMeasure(String quantity) {
    return (gradient != null && quantity.startsWith("gradient_noise_scale"))
        || (wrong != null && quantity.matches("wrong_(loss|gradient)_share"));
  }

  /** A quantity of a run is a number or absent. */
  private static void putFinite(Map<String, Double> quantities, String name, double value) {
    if (Double.isFinite(value)) {
      quantities.put(name, value);
    }
  }
}
