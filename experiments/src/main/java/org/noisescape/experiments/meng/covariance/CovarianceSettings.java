package org.noisescape.experiments.meng.covariance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Preset;
import org.noisescape.experiments.frame.Settings;

/** The settings of {@link NoiseCovariance} and their values in each preset. */
final class CovarianceSettings {
  /** Layers of the text's network. */
  static final List<String> LAYERS = List.of("conv1", "conv2", "fc1", "fc2");

  /** Layers of its figure. */
  static final List<String> LAYERS_OF_THE_TEXT = List.of("conv1", "conv2");

  private static final List<String> OF_RESNET =
      List.of("dataset", "subset", "model", "lr", "steps", "target-loss", "every", "seeds");

  private CovarianceSettings() {}

  /** Descriptions by key. */
  static Map<String, String> descriptions() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", "data set");
    all.put("subset", "the first so many training samples, or all");
    all.put("model", "architecture");
    all.put("lr", "learning rate of gradient descent");
    all.put("steps", "steps of full-batch gradient descent, at most");
    all.put("target-loss", "loss at which a point counts as the minimum");
    all.put("every", "distance in steps at which the loss is looked at");
    all.put("seeds", "minima from different initial weights");
    all.put("layers", "layers to move: " + String.join(",", LAYERS));
    all.put("points", "points on each side of the minimum");
    for (String layer : LAYERS) {
      all.put(layer + "-scale", "distance of neighbouring points, a parameter of " + layer);
    }
    all.put("factors", "multiples of the scales, the first one judged");
    all.put("panels", "networks: cnn, resnet or both with a comma");
    for (String key : OF_RESNET) {
      all.put("resnet-" + key, all.get(key) + ", of the resnet");
    }
    all.put("resnet-layers", "layers of the resnet to move, by the names of their parameters");
    all.put("resnet-scale", "distance of neighbouring points, a parameter of the resnet's layers");
    return all;
  }

  /** Values by key, in the order of the descriptions. */
  static Map<String, String> defaults(Preset preset) {
    boolean quick = preset == Preset.QUICK;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("dataset", quick ? "digits:train=300,test=0" : "fashion-mnist");
    all.put("subset", quick ? "300" : "1000");
    all.put("model", "meng-cnn:literal");
    all.put("lr", "0.1");
    all.put("steps", quick ? "400" : "3000");
    all.put("target-loss", quick ? "0.005" : "0.001");
    all.put("every", quick ? "20" : "100");
    all.put("seeds", quick ? "1" : preset == Preset.STANDARD ? "2" : "5");
    all.put("layers", String.join(",", LAYERS));
    all.put("points", "10");
    // the text's for the convolutions; the dense layers move by a similar distance in norm
    all.put("conv1-scale", "0.001");
    all.put("conv2-scale", "0.0001");
    all.put("fc1-scale", "0.0001");
    all.put("fc2-scale", "0.001");
    all.put("factors", quick ? "1,30" : "1,10,100");
    boolean paper = preset == Preset.PAPER;
    all.put("panels", "cnn,resnet");
    // the Kaggle set of the text cannot be fetched without an account
    all.put("resnet-dataset", quick ? "digits:train=300,test=0,only=3+5" : "cifar-10:only=cat+dog");
    all.put("resnet-subset", quick ? "all" : paper ? "1000" : "300");
    all.put("resnet-model", quick ? "resnet18:4" : paper ? "resnet18" : "resnet18:8");
    // the text's 0.001 and 10,000 steps at its width
    all.put("resnet-lr", paper ? "0.001" : "0.05");
    all.put("resnet-steps", quick ? "100" : paper ? "10000" : "600");
    all.put("resnet-target-loss", quick ? "0.02" : paper ? "0.001" : "0.005");
    all.put("resnet-every", quick ? "5" : paper ? "500" : "50");
    all.put("resnet-seeds", "1");
    // the first and the second residual block
    all.put("resnet-layers", "layer1.0.conv1,layer1.1.conv1");
    all.put("resnet-scale", "0.0001");
    return all;
  }

  /** All settings of a request. */
  static Settings of(ExperimentRequest request) {
    Map<String, String> given = new LinkedHashMap<>();
    request
        .dataset()
        .ifPresent(
            dataset -> {
              given.put("dataset", dataset);
              given.put("resnet-dataset", dataset);
            });
    given.putAll(request.settings());
    return Settings.of(NoiseCovariance.ID, defaults(request.preset()), Map.of(), given);
  }

  /** Multiples of the scales. */
  static List<Double> factors(Settings settings) {
    return settings.positives("factors");
  }
}
