package org.noisescape.experiments.mori.noise;

import java.util.List;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.Settings;
import org.noisescape.experiments.frame.TrainingValues;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.runs.TrainConfiguration;

/**
 * One network of the figure and how it is trained: plain SGD from Glorot initialisation on one-hot
 * targets, as in the text.
 *
 * @param name {@code mlp} or {@code cnn}, also its folder
 * @param training what the trainer does; its replicas are the independent runs
 */
record Panel(String name, TrainConfiguration training) {
  /** The panels that exist, in the order of the figure. */
  static final List<String> NAMES = List.of("mlp", "cnn");

  /**
   * Reads a panel from settings named {@code mlp-epochs} and the like.
   *
   * @param samples training samples of its data set; a preset's subset takes no more than those
   */
  static Panel of(
      String name,
      NoiseVariant variant,
      Settings settings,
      ExperimentRequest request,
      int samples) {
    String own = name + "-";
    String probe = variant.probe();
    TrainConfiguration training =
        TrainingValues.of(settings, request, own)
            .data(samples)
            .network()
            .seeds()
            .with("loss", variant.loss())
            .with("epochs", settings.integer(own + "epochs", 1))
            .with("checkpoint_every", settings.text("checkpoint-every"))
            .with(
                "probes",
                List.of(
                    new ProbeSchedule(probe, settings.text(own + "every")),
                    new ProbeSchedule(probe, settings.text("early"))))
            .configuration();
    return new Panel(name, training);
  }

  /** Letter and kind of network, as in the figure. */
  String title() {
    return name.equals("mlp") ? "(a) fully connected" : "(b) convolutional";
  }

  /** Network and data in a few words. */
  String description() {
    String samples = training.subset() == null ? "" : " (" + training.subset() + " samples)";
    return training.model() + " on " + training.dataset() + samples;
  }
}
