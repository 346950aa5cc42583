package org.noisescape.experiments.meng.plsgd;

import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the figure of the text shows over epochs, and both readings of its generalisation error. */
enum CurveQuantity {
  TRAIN_LOSS("train_loss", "Training loss", row -> row.get("train_loss")),
  TEST_ACCURACY("test_accuracy", "Test accuracy", row -> row.get("test_accuracy")),
  LOSS_GAP(
      "loss_gap", "Test loss - training loss", row -> row.get("test_loss") - row.get("train_loss")),
  ACCURACY_GAP(
      "accuracy_gap",
      "Training accuracy - test accuracy",
      row -> row.get("train_accuracy") - row.get("test_accuracy")),
  TEST_LOSS("test_loss", "Test loss", row -> row.get("test_loss")),
  TRAIN_ACCURACY("train_accuracy", "Training accuracy", row -> row.get("train_accuracy"));

  /** Head of a table. */
  final String column;

  /** Label of an axis. */
  final String title;

  private final ToDoubleFunction<Map<String, Double>> value;

  CurveQuantity(String column, String title, ToDoubleFunction<Map<String, Double>> value) {
    this.column = column;
    this.title = title;
    this.value = value;
  }

  /** Its value in a row of measurements. */
  double of(Map<String, Double> row) {
    return value.applyAsDouble(row);
  }
}
