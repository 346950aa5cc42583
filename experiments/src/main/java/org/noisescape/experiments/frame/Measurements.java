package org.noisescape.experiments.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.Criterion;
import org.noisescape.experiments.fit.Judgement;
import org.noisescape.experiments.fit.PointEstimate;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.fit.Verdict;

/** The named numbers of an experiment, in the order in which they are shown. */
public final class Measurements {
  private final List<NamedMeasurement> all = new ArrayList<>();
  private final List<Judgement> judgements = new ArrayList<>();

  /** A number that is only told. */
  public Measurements value(String name, double value) {
    return value(name, value, Double.NaN, Double.NaN);
  }

  /** A number that is only told, beside what the theory says, NaN where it says nothing. */
  public Measurements value(String name, double value, double standardError, double theory) {
    all.add(new NamedMeasurement(name, value, standardError, theory));
    return this;
  }

  /** A number that is only told. */
  public Measurements value(String name, PointEstimate measured) {
    return value(name, measured.value(), measured.standardError(), Double.NaN);
  }

  /** A number that a criterion judges. */
  public Measurements judged(String name, PointEstimate measured, Criterion criterion) {
    return judged(name, measured, criterion.theory(), criterion.judge(measured));
  }

  /** A number that stands for several that were judged, such as the one furthest off. */
  public Measurements judged(
      String name, PointEstimate measured, double theory, Judgement judgement) {
    judgements.add(judgement);
    return apart(name, measured, theory, judgement);
  }

  /** A number that a criterion judges, without a say in the verdict of the experiment. */
  public Measurements apart(String name, PointEstimate measured, Criterion criterion) {
    return apart(name, measured, criterion.theory(), criterion.judge(measured));
  }

  /** The same of several that were judged. */
  public Measurements apart(
      String name, PointEstimate measured, double theory, Judgement judgement) {
    all.add(
        new NamedMeasurement(
            name, measured.value(), measured.standardError(), theory, Optional.of(judgement)));
    return this;
  }

  /** A number without an error that is only told, beside what the theory says. */
  public Measurements exact(String name, double value, double theory) {
    return value(name, value, Double.NaN, theory);
  }

  /** A number of which the theory says nothing, only told. */
  public Measurements estimate(String name, double value, double standardError) {
    return value(name, value, standardError, Double.NaN);
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

  /** The standard deviation over seeds of a number, only told. */
  public <S> Measurements deviation(
      String name, List<S> seeds, ToDoubleFunction<? super S> quantity) {
    return value(name, over(seeds, quantity).deviation());
  }

  /** Adds others behind these, with their say in the verdict. */
  public Measurements addAll(Measurements others) {
    all.addAll(others.all);
    judgements.addAll(others.judgements);
    return this;
  }

  /** Adds others behind these, without a say in the verdict. */
  public Measurements addApart(Measurements others) {
    all.addAll(others.all);
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

  /** All that was judged so far in one, {@link Judgement#all}. */
  public Verdict verdict() {
    return Judgement.all(judgements).verdict();
  }
}
