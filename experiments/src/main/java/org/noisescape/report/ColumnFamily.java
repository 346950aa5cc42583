package org.noisescape.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import org.noisescape.report.Figure.Scale;

/**
 * Columns of {@code metrics.jsonl} that go into one figure, and how it is drawn.
 *
 * @param figure name of the figure; {@code $1} is what the first group of the pattern matched, here
 *     and in the texts below
 * @param title of the figure
 * @param label of the vertical axis: quantity, symbol, unit
 * @param spacing how that axis runs
 * @param columns names of the columns, whole
 * @param series what a column is called in the legend; empty where it needs no name
 * @param caption what is seen, without what all figures of a training say
 */
record ColumnFamily(
    String figure,
    String title,
    String label,
    Spacing spacing,
    Pattern columns,
    String series,
    String caption) {
  private static final int LONGEST_NAME = 80;

  /** How an axis runs. */
  enum Spacing {
    /** Evenly. */
    LINEAR,
    /** By decades, where any number is above zero. */
    LOG,
    /** By decades where all numbers are above zero and span more than one and a half. */
    FITTING;

    private static final double DECADES = 1.5;

    /** How an axis of some numbers runs, of which those that are not finite are none. */
    Scale scale(double... values) {
      double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
      double low = Arrays.stream(finite).min().orElse(0);
      double high = Arrays.stream(finite).max().orElse(0);
      boolean log =
          switch (this) {
            case LINEAR -> false;
            case LOG -> high > 0;
            case FITTING -> low > 0 && Math.log10(high / low) > DECADES;
          };
      return log ? Scale.LOG : Scale.LINEAR;
    }
  }

  /** Begins a family of the columns that a pattern matches. */
  static ColumnFamily of(
      String figure, String title, String label, Spacing spacing, String columns, String series) {
    return new ColumnFamily(figure, title, label, spacing, Pattern.compile(columns), series, "");
  }

  /** The same with a caption. */
  ColumnFamily captioned(String words) {
    return new ColumnFamily(figure, title, label, spacing, columns, series, words);
  }

  /** The family without groups, as it is of a column that it has. */
  ColumnFamily of(String column) {
    return new ColumnFamily(
        fileName(filled(figure, column)),
        words(filled(title, column)),
        words(filled(label, column)),
        spacing,
        Pattern.compile(Pattern.quote(column)),
        words(filled(series, column)),
        words(filled(caption, column)));
  }

  boolean has(String column) {
    return columns.matcher(column).matches();
  }

  private String filled(String template, String column) {
    return template.contains("$") ? columns.matcher(column).replaceFirst(template) : template;
  }

  /** Small letters, digits and hyphens. */
  static String fileName(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME);
  }

  /** What names of columns stand for, as people call it. */
  private static String words(String text) {
    return text.replace("gradient_norm_squared", "|∇L|²")
        .replace("noise_strength", "noise strength 𝒩")
        .replaceAll("(?<!λ)_", " ")
        .replaceAll("\\btrain\\b", "training")
        .replaceAll("\\bhessian\\b", "H")
        .replaceAll("\\bggn\\b", "G")
        .replaceAll("\\bcovariance\\b", "S")
        .replaceAll("\\bpreconditioned\\b", "P^{-1/2} H P^{-1/2}");
  }
}
