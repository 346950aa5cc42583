package org.noisescape.experiments.fit;

import org.noisescape.report.NumberText;

/**
 * What a measured number is held against, fixed before the run.
 *
 * <p>Δ is the deviation, SE its standard error on ν degrees of freedom, t the Student quantile of
 * 97.5 %. Agrees: |Δ| + t·SE ≤ tolerance; disagrees: |Δ| − t·SE > tolerance; else, and where the
 * error is not known, inconclusive. So a noisy run can never agree. Source: two one-sided tests,
 * Schuirmann (1987).
 *
 * @param form how the deviation is taken
 * @param theory what the number should be, or its bound
 * @param tolerance deviation that is still agreement
 */
public record Criterion(Form form, double theory, double tolerance) {
  /** Level of a test that the true deviation is within the tolerance. */
  public static final double LEVEL = (1 - PointEstimate.CONFIDENCE) / 2;

  /** How a deviation is taken. */
  public enum Form {
    /** value − theory, on both sides. */
    DIFFERENCE,
    /** value/theory − 1, on both sides. */
    SHARE,
    /** ln(value/theory), on both sides. */
    FACTOR,
    /** bound − value: how much is missing. */
    AT_LEAST,
    /** value − bound: how much is too much. */
    AT_MOST
  }

  /** Checks the numbers. */
  public Criterion {
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw new IllegalArgumentException(
          "a criterion needs a finite tolerance >= 0, got " + tolerance);
    }
  }

  /** |value − theory|. */
  public static Criterion within(double theory, double tolerance) {
    return new Criterion(Form.DIFFERENCE, theory, tolerance);
  }

  /** |value/theory − 1|. */
  public static Criterion share(double theory, double tolerance) {
    return new Criterion(Form.SHARE, theory, tolerance);
  }

  /** |ln(value/theory)| ≤ ln factor. */
  public static Criterion factor(double theory, double factor) {
    return new Criterion(Form.FACTOR, theory, Math.log(factor));
  }

  /** value ≥ bound. */
  public static Criterion atLeast(double bound) {
    return new Criterion(Form.AT_LEAST, bound, 0);
  }

  /** value ≤ bound. */
  public static Criterion atMost(double bound) {
    return new Criterion(Form.AT_MOST, bound, 0);
  }

  /** The same rule for what another theory says. */
  public Criterion against(double rival) {
    return new Criterion(form, rival, tolerance);
  }

  /** Judges a number. */
  public Judgement judge(PointEstimate measured) {
    PointEstimate deviation = deviation(measured);
    double distance = deviation.value() - tolerance;
    double margin = deviation.margin();
    Verdict verdict = Verdict.INCONCLUSIVE;
    if (distance + margin <= 0) {
      verdict = Verdict.AGREES;
    } else if (distance - margin > 0) {
      verdict = Verdict.DISAGREES;
    }
    return new Judgement(
        verdict,
        deviation.exceeding(distance),
        measured.degreesOfFreedom(),
        tolerance,
        tolerance + margin);
  }

  private PointEstimate deviation(PointEstimate measured) {
    return switch (form) {
      case DIFFERENCE -> absolute(measured, measured.value() - theory);
      case SHARE -> absolute(measured.times(1 / theory), measured.value() / theory - 1);
      case FACTOR -> absolute(measured.log(), Math.log(measured.value() / theory));
      case AT_LEAST -> with(measured, theory - measured.value());
      case AT_MOST -> with(measured, measured.value() - theory);
    };
  }

  private static PointEstimate absolute(PointEstimate error, double deviation) {
    return with(error, Math.abs(deviation));
  }

  private static PointEstimate with(PointEstimate error, double deviation) {
    return new PointEstimate(deviation, error.standardError(), error.degreesOfFreedom());
  }

  /**
   * The rule in words, such as {@code |slope - 1| + t SE <= 0.15}.
   *
   * @param name of the number
   */
  public String text(String name) {
    return text(name, NumberText.exact(theory));
  }

  /** The same where the theory is a formula. */
  public String text(String name, String formula) {
    String deviation =
        switch (form) {
          case DIFFERENCE -> "|%s - %s|";
          case SHARE -> "|%s/%s - 1|";
          case FACTOR -> "|ln(%s/%s)|";
          case AT_LEAST -> "%2$s - %1$s";
          case AT_MOST -> "%s - %s";
        };
    return deviation.formatted(name, formula) + " + t SE <= " + NumberText.of(tolerance);
  }

  /** What t and the three verdicts are, for the end of an experiment's rule. */
  public static String terms() {
    return "t is Student's 97.5 % quantile of the error's degrees of freedom; disagrees if the"
        + " deviation exceeds the tolerance by more than t SE, Holm-corrected over all judged"
        + " numbers; inconclusive in between. Agrees only if every rival, judged by the same rule,"
        + " disagrees.";
  }
}
