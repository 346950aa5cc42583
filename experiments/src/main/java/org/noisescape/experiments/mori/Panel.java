package org.noisescape.experiments.mori;

import java.util.List;
import java.util.Optional;
import org.noisescape.experiments.Settings;

/**
 * One network of the figure and how it is trained: plain SGD from Glorot initialisation on one-hot
 * targets.
 *
 * @param name {@code mlp} or {@code cnn}, also its folder
 * @param dataset data set
 * @param subset training samples, empty for all
 * @param model architecture
 * @param loss {@code mse} or {@code ce}
 * @param learningRate η
 * @param batch B
 * @param epochs passes over the data
 * @param seeds independent runs R
 */
record Panel(
    String name,
    String dataset,
    Optional<Integer> subset,
    String model,
    String loss,
    double learningRate,
    int batch,
    int epochs,
    int seeds) {
  /** The panels that exist, in the order of the figure. */
  static final List<String> NAMES = List.of("mlp", "cnn");

  /** Reads a panel from settings named {@code mlp-epochs} and the like. */
  static Panel of(String name, String loss, Settings settings) {
    return new Panel(
        name,
        settings.text(name + "-dataset"),
        settings.integerOrAll(name + "-subset"),
        settings.text(name + "-model"),
        loss,
        settings.positive(name + "-lr"),
        settings.integer(name + "-batch", 1),
        settings.integer(name + "-epochs", 1),
        settings.integer(name + "-seeds", 1));
  }

  /** Letter and kind of network, as in the figure. */
  String title() {
    return name.equals("mlp") ? "(a) fully connected" : "(b) convolutional";
  }

  /** Network and data in a few words. */
  String description() {
    return model + " on " + dataset + subset.map(n -> " (" + n + " samples)").orElse("");
  }
}
