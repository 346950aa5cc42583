package org.noisescape.report;

import static org.noisescape.report.ColumnFamily.Spacing.FITTING;
import static org.noisescape.report.ColumnFamily.Spacing.LINEAR;
import static org.noisescape.report.ColumnFamily.Spacing.LOG;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.noisescape.report.ColumnFamily.Spacing;

/**
 * What the columns of {@code metrics.jsonl} are, in the order in which a report shows them; a
 * column that is not among them, as of a probe of a user, is a figure under its own name.
 */
final class ColumnFamilies {
  private static final String OVER_DATA = "Over the whole data set.";
  private static final String SAMPLES = "(train|test|validation)";
  private static final String MATRIX = "(hessian|ggn|covariance|preconditioned)";

  private static final List<ColumnFamily> KNOWN =
      List.of(
          family("loss", "Loss", "Loss L", LOG, SAMPLES + "_loss", "$1").captioned(OVER_DATA),
          family("accuracy", "Accuracy", "Accuracy", LINEAR, SAMPLES + "_accuracy", "$1")
              .captioned("Fraction of samples classified correctly. " + OVER_DATA),
          family(
                  "top-accuracy",
                  "Accuracy among the largest outputs",
                  "Accuracy",
                  LINEAR,
                  SAMPLES + "_top(\\d+)_accuracy",
                  "$1, top $2")
              .captioned("Fraction of samples whose class is among the largest outputs."),
          family(
                  "$1-class-accuracy",
                  "Accuracy of each class, $1 samples",
                  "Accuracy",
                  LINEAR,
                  SAMPLES + "_class_accuracy_(\\d+)",
                  "class $2")
              .captioned("Fraction of the samples of a class that are classified correctly."),
          family(
                  "noise",
                  "Noise strength",
                  "𝒩,  |∇L|²",
                  LOG,
                  "(noise_strength|gradient_norm_squared)",
                  "$1")
              .captioned(
                  "Noise strength 𝒩 = tr S of the per-sample gradients, and the squared norm of"
                      + " the full gradient. "
                      + OVER_DATA),
          family(
                  "noise-scale",
                  "Noise scale",
                  "Batch",
                  LOG,
                  "(gradient|hessian)_noise_scale",
                  "$1 noise scale")
              .captioned("The batch whose noise is as large as the gradient."),
          family(
              "gradient-curvature",
              "Curvature along the gradient",
              "g^T H g",
              FITTING,
              "hessian_noise_scale_gradient_curvature",
              ""),
          family(
              "preconditioned-noise",
              "Noise in the coordinates of P",
              "tr(P^{-1} S)",
              FITTING,
              "preconditioned_noise",
              ""),
          family(
                  "augmented-noise",
                  "Noise under augmentation",
                  "Noise strength,  |∇L|²",
                  LOG,
                  "augmented_(noise_strength|noise_between_samples|noise_between_draws"
                      + "|gradient_norm_squared)",
                  "$1")
              .captioned("Of augmented samples, parted into samples and draws."),
          family("augmented-loss", "Loss under augmentation", "Loss L", LOG, "augmented_loss", ""),
          family("wrong-samples", "Wrong samples", "Samples M", FITTING, "wrong_samples", ""),
          family(
                  "wrong-shares",
                  "What wrong samples carry",
                  "Share",
                  LINEAR,
                  "wrong_(loss|gradient)_share",
                  "of the $1")
              .captioned("Their part of the sum of losses and of squared gradients."),
          family(
                  "norm-tests",
                  "Tests of the gradient",
                  "Test statistic",
                  LOG,
                  "(norm|inner_product|orthogonality)_test",
                  "$1 test")
              .captioned("Norm, inner-product and orthogonality test of the mini-batch gradient."),
          family("cabs", "Batch by CABS", "Batch", LOG, "cabs", ""),
          family("batch-loss", "Loss of the mini-batch", "Loss L", LOG, "batch_loss", "")
              .captioned("Of the step before each measurement."),
          family(
              "batch-gradient",
              "Norm of the mini-batch gradient",
              "‖ḡ‖",
              LOG,
              "batch_gradient_norm",
              ""),
          family(
                  "early-stopping",
                  "Evidence for stopping",
                  "Criterion",
                  LINEAR,
                  "early_stopping",
                  "")
              .captioned("Above 0 the mini-batch gradient is no larger than its noise."),
          family("gsnr", "Gradient signal to noise", "GSNR", LOG, "gsnr", ""),
          family("tic", "Takeuchi information criterion", "TIC", FITTING, "tic(_.+)?", "$1"),
          family("alpha", "Local step", "α", LINEAR, "alpha", "")
              .captioned("0 is the minimum along the step, −1 no step, 1 as far beyond it."),
          family("learning-rate", "Learning rate", "η", FITTING, "learning_rate", ""),
          family("parameter-norm", "Norm of the parameters", "‖θ‖", FITTING, "parameter_norm", ""),
          family(
              "distance",
              "Distance from the start",
              "‖θ − θ₀‖",
              FITTING,
              "distance_from_start",
              ""),
          family("update-norm", "Norm of the update", "‖Δθ‖", LOG, "update_norm", ""),
          family("update-ratio", "Update : parameters", "‖Δθ‖ / ‖θ‖", LOG, "update_ratio", ""),
          family(
                  "$1-$2",
                  "Extreme eigenvalues of $1 ($2)",
                  "Eigenvalue of $1",
                  FITTING,
                  MATRIX + "_(top|smallest)_(\\d+)",
                  "λ_$3")
              .captioned("Bands: residuals, within which an eigenvalue lies."),
          family(
              "stability",
              "Stability bound",
              "Eigenvalue, bound",
              FITTING,
              "preconditioned_top_(stability_bound|over_bound)",
              "$1"),
          family("traces", "Traces", "Trace", FITTING, MATRIX + "_trace", "tr $1"),
          family(
              "norms",
              "Norms of H and S",
              "Frobenius norm",
              FITTING,
              "(hessian_frobenius|alignment_hessian_norm|alignment_covariance_norm)",
              "$1"),
          family(
              "negative-sum",
              "Sum of the negative eigenvalues of H",
              "Sum",
              LINEAR,
              "negative_sum",
              ""),
          family(
              "negative-bounds",
              "Bounds of the sum of the negative eigenvalues",
              "Sum",
              LINEAR,
              "negative_sum_(lower_bound|upper_bound)",
              "$1"),
          family(
              "log-determinant",
              "Log determinant of H",
              "log det H",
              LINEAR,
              "log_determinant",
              ""),
          family(
              "effective-dimension",
              "Effective dimension",
              "(tr G)² / ‖G‖²",
              FITTING,
              "effective_dimension",
              ""),
          family(
              "outliers",
              "Outliers of H",
              "Number",
              LINEAR,
              "(outliers|outliers_above_floor)",
              "$1"),
          family(
              "outlier-edges",
              "Where the outliers of H begin",
              "Eigenvalue",
              FITTING,
              "outliers_(edge|floor|sharpness)",
              "$1"),
          family(
                  "alignment",
                  "Alignment of H and S",
                  "Cosine, overlap",
                  LINEAR,
                  "(alignment|alignment_overlap)",
                  "$1")
              .captioned("Cosine of H and S, and the overlap of their top eigenspaces."),
          family(
              "trace-of-product",
              "Trace of HS",
              "tr HS",
              FITTING,
              "alignment_trace_of_product",
              ""),
          family(
                  "$1-sides",
                  "Two sides of stationarity ($1)",
                  "Left, right side",
                  FITTING,
                  "(fdr(?:_top\\d+)?(?:_half)?)_(left|right)",
                  "$2")
              .captioned("Equal where the run is stationary."),
          family(
                  "fdr-ratio",
                  "Ratio of the two sides of stationarity",
                  "Left / right",
                  FITTING,
                  "(fdr(?:_top\\d+)?(?:_half)?)_ratio",
                  "$1")
              .captioned("1 where the run is stationary."),
          family(
                  "fdr-deviation",
                  "Distance from stationarity",
                  "Deviation",
                  FITTING,
                  "(fdr(?:_top\\d+)?(?:_half)?)_deviation",
                  "$1")
              .captioned("0 where the run is stationary."),
          family(
              "$1-eigenvalues",
              "Eigenvalues of the space of $1",
              "Eigenvalue of H",
              FITTING,
              "(fdr_top\\d+)_(eigenvalue|least_eigenvalue)",
              "$2"),
          family("step-time", "Time of a step", "Seconds", LOG, "step_time_s", "")
              .captioned("Mean since the measurement before."),
          family("wall-time", "Wall time", "Seconds", LINEAR, "wall_time_s", ""));

  private static final Pattern NOTHING = Pattern.compile("(?!)");

  private ColumnFamilies() {}

  /** The families in their order. */
  static List<ColumnFamily> known() {
    return KNOWN;
  }

  /**
   * The figure of a column that is in no family: together with those numbered or by layer alike.
   */
  static ColumnFamily unknown(String column) {
    int layer = column.indexOf(Metrics.OF_LAYER);
    String numbered = column.replaceFirst("_\\d+$", "");
    if (layer > 0) {
      String name = column.substring(0, layer);
      String label =
          KNOWN.stream()
              .filter(each -> each.has(name))
              .map(each -> each.of(name).label())
              .findFirst()
              .orElse(words(name));
      return own(name + "-by-layer", words(name) + " by layer", label, column.substring(layer + 1));
    }
    boolean several = !numbered.equals(column) && !numbered.isEmpty();
    String name = several ? numbered : column;
    String series = several ? column.substring(numbered.length() + 1) : "";
    return own("own-" + name, words(name), words(name), series);
  }

  private static ColumnFamily own(String figure, String title, String label, String series) {
    return new ColumnFamily(
        ColumnFamily.fileName(figure), title, label, FITTING, NOTHING, series, "");
  }

  private static ColumnFamily family(
      String figure, String title, String label, Spacing spacing, String columns, String series) {
    return ColumnFamily.of(figure, title, label, spacing, columns, series);
  }

  private static String words(String name) {
    String plain = name.replace('_', ' ');
    return plain.isEmpty()
        ? plain
        : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1);
  }
}
