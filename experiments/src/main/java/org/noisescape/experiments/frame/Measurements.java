package org.noisescape.experiments.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;

/** The named numbers of an experiment, in the order in which they are shown. */
public final class Measurements {
  private final List<NamedMeasurement> all = new ArrayList<>();

  /** A number that is only told. */
  public Measurements value(String name, double value) {
    return value(name, value, Double.NaN, Double.NaN);
  }

  /** A number that is only told, beside what the theory says, NaN where it says nothing. */
  public Measurements value(String name, double value, double standardError, double theory) {
    all.add(new NamedMeasurement(name, value, standardError, theory));
    return this;
  }

  /** A number that the criterion judges. */
  public Measurements judged(
      String name, double value, double standardError, double theory, Verdict verdict) {
    all.add(new NamedMeasurement(name, value, standardError, theory, Optional.of(verdict)));
    return this;
  }

  /** The mean over seeds of a number, only told. */
  public <S> Measurements mean(String name, List<S> seeds, ToDoubleFunction<? super S> quantity) {
    return mean(name, seeds, quantity, Double.NaN);
  }

  /** The same beside what the theory says. */
  public <S> Measurements mean(
      String name, List<S> seeds, ToDoubleFunction<? super S> quantity, double theory) {
    SeedMean mean = over(seeds, quantity);
    return value(name, mean.mean(), mean.standardError(), theory);
  }

  /** The mean over seeds of a number, judged. */
  public <S> Measurements mean(
      String name,
      List<S> seeds,
      ToDoubleFunction<? super S> quantity,
      double theory,
      Verdict verdict) {
    SeedMean mean = over(seeds, quantity);
    return judged(name, mean.mean(), mean.standardError(), theory, verdict);
  }

  /** The standard deviation over seeds of a number, only told. */
  public <S> Measurements deviation(
      String name, List<S> seeds, ToDoubleFunction<? super S> quantity) {
    return value(name, over(seeds, quantity).deviation());
  }

  /** Adds others behind these. */
  public Measurements addAll(List<NamedMeasurement> others) {
    all.addAll(others);
    return this;
  }

  /** Mean and spread over seeds. */
  public static <S> SeedMean over(List<S> seeds, ToDoubleFunction<? super S> quantity) {
    return SeedMean.of(Column.of(seeds, quantity));
  }

  /** All of them. */
  public List<NamedMeasurement> list() {
    return List.copyOf(all);
  }

  /** All verdicts so far in one. */
  public Verdict verdict() {
    return Verdict.all(all.stream().flatMap(m -> m.verdict().stream()).toList());
  }
}
