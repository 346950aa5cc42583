package org.noisescape.quantities;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.krylov.Estimate;

/**
 * A number, or a list of numbers, with what is known of its error.
 *
 * @param values the numbers; one where {@code form} is NUMBER
 * @param form whether it is a number or a list
 * @param errors error of each value; empty where {@code errorKind} is NONE
 * @param errorKind what the errors are
 * @param exact whether it is exact for the data it was measured on, but for rounding
 * @param converged whether the computation reached its tolerance; always so for exact numbers
 * @param extras further findings by name: numbers, texts, lists of numbers
 */
public record Finding(
    List<Double> values,
    Form form,
    List<Double> errors,
    ErrorKind errorKind,
    boolean exact,
    boolean converged,
    Map<String, Object> extras) {
  private static final String UNDEFINED = "undefined";

  /** Number or list. */
  public enum Form {
    /** One value. */
    NUMBER,
    /** Any number of values. */
    LIST
  }

  /** What an error is. */
  public enum ErrorKind {
    /** There is none to tell: the number stands for itself. */
    NONE(""),
    /**
     * Standard error: for numbers that are exact for the data, the sampling error as estimates for
     * the distribution the samples come from; for others the error of the estimator.
     */
    STANDARD_ERROR("standard_error"),
    /** ‖A v − λ v‖ of a Ritz pair with ‖v‖ = 1: an eigenvalue lies within that distance of λ. */
    RESIDUAL("residual");

    private final String key;

    ErrorKind(String key) {
      this.key = key;
    }

    /** Name in JSON and of columns. */
    public String key() {
      return key;
    }
  }

  /** Copies, and checks the shapes. */
  public Finding {
    values = List.copyOf(values);
    errors = List.copyOf(errors);
    extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    if (form == Form.NUMBER && values.size() != 1) {
      throw new IllegalArgumentException("a number is one value, got " + values.size());
    }
    if (errors.size() != (errorKind == ErrorKind.NONE ? 0 : values.size())) {
      throw new IllegalArgumentException(
          "%d values with %d errors of kind %s".formatted(values.size(), errors.size(), errorKind));
    }
  }

  /** Exact for the data, with the error of a sample mean. */
  public static Finding mean(double value, double standardError) {
    return number(value, true, true).errors(ErrorKind.STANDARD_ERROR, standardError);
  }

  /** Exact, and no estimate of anything else. */
  public static Finding exact(double value) {
    return number(value, true, true);
  }

  /** Exact numbers. */
  public static Finding exact(double[] values) {
    return numbers(values, true, true);
  }

  /** A number with the standard error of its estimator. */
  public static Finding estimated(double value, double standardError, boolean converged) {
    return number(value, false, converged).errors(ErrorKind.STANDARD_ERROR, standardError);
  }

  /** Numbers with the standard errors of their estimators. */
  public static Finding estimated(double[] values, double[] standardErrors, boolean converged) {
    return numbers(values, false, converged).errors(ErrorKind.STANDARD_ERROR, standardErrors);
  }

  /** The same of an estimator, with what its error rests on. */
  public static Finding of(Estimate estimate) {
    return estimated(estimate.value(), estimate.standardError(), estimate.converged())
        .withDegreesOfFreedom(estimate.degreesOfFreedom());
  }

  /** The same with the degrees of freedom of its standard error, if that is one of samples. */
  public Finding withDegreesOfFreedom(double degrees) {
    return Double.isFinite(degrees) ? with("degrees_of_freedom", (long) degrees) : this;
  }

  /** A number of things that an estimate of others decides on. */
  public static Finding counted(double number, boolean converged) {
    return number(number, false, converged);
  }

  /** Ritz values with their residuals. */
  public static Finding ritz(double[] values, double[] residuals, boolean converged) {
    return numbers(values, false, converged).errors(ErrorKind.RESIDUAL, residuals);
  }

  /** A number that is not defined at this θ, and why. */
  public static Finding undefined(String why) {
    return number(Double.NaN, false, false).with(UNDEFINED, why);
  }

  private static Finding number(double value, boolean exact, boolean converged) {
    return without(Form.NUMBER, List.of(value), exact, converged);
  }

  private static Finding numbers(double[] values, boolean exact, boolean converged) {
    return without(Form.LIST, list(values), exact, converged);
  }

  private static Finding without(Form form, List<Double> values, boolean exact, boolean converged) {
    return new Finding(values, form, List.of(), ErrorKind.NONE, exact, converged, Map.of());
  }

  private Finding errors(ErrorKind kind, double... each) {
    return new Finding(values, form, list(each), kind, exact, converged, extras);
  }

  /** Whether it is not defined; the extra {@code undefined} says why. */
  public boolean isUndefined() {
    return extras.containsKey(UNDEFINED);
  }

  /** The same with something further: a number, a text, a {@code double[]}, or a map of these. */
  public Finding with(String name, Object extra) {
    Map<String, Object> more = new LinkedHashMap<>(extras);
    more.put(name, extra instanceof double[] numbers ? list(numbers) : extra);
    return new Finding(values, form, errors, errorKind, exact, converged, more);
  }

  /** The value of a number. */
  public double value() {
    if (form != Form.NUMBER) {
      throw new IllegalStateException("a list of " + values.size() + " values is no number");
    }
    return values.getFirst();
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
