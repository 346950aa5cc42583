package org.noisescape.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a checkpoint keeps; element (r, i) of a vector is entry r·P + i.
 *
 * @param step steps done
 * @param epoch epochs done
 * @param theta parameters (R, P)
 * @param statistics running statistics of batch normalisations (R, Q); empty where there are none
 * @param optimizer state vectors of the rules, each (R, P)
 * @param probes what each probe keeps, in the order of the probes
 * @param measured whether what is due at this step has been measured
 * @param average mean of the parameters, where a rule keeps one
 * @param monitors the course of each watched quantity
 * @param firstLosses of the replicas, by which one that explodes is known; empty where none is
 *     known
 */
public record TrainingState(
    long step,
    double epoch,
    double[] theta,
    double[] statistics,
    List<double[]> optimizer,
    List<Map<String, double[]>> probes,
    boolean measured,
    AverageState average,
    List<double[]> monitors,
    double[] firstLosses) {
  /** Where no loss is known. */
  public TrainingState(
      long step,
      double epoch,
      double[] theta,
      double[] statistics,
      List<double[]> optimizer,
      List<Map<String, double[]>> probes,
      boolean measured,
      AverageState average,
      List<double[]> monitors) {
    this(
        step,
        epoch,
        theta,
        statistics,
        optimizer,
        probes,
        measured,
        average,
        monitors,
        new double[0]);
  }

  /** Without watched quantities. */
  public TrainingState(
      long step,
      double epoch,
      double[] theta,
      double[] statistics,
      List<double[]> optimizer,
      List<Map<String, double[]>> probes,
      boolean measured,
      AverageState average) {
    this(step, epoch, theta, statistics, optimizer, probes, measured, average, List.of());
  }

  /** Without a mean of the parameters. */
  public TrainingState(
      long step,
      double epoch,
      double[] theta,
      double[] statistics,
      List<double[]> optimizer,
      List<Map<String, double[]>> probes,
      boolean measured) {
    this(step, epoch, theta, statistics, optimizer, probes, measured, AverageState.NONE);
  }

  /** Where all is measured. */
  public TrainingState(
      long step,
      double epoch,
      double[] theta,
      double[] statistics,
      List<double[]> optimizer,
      List<Map<String, double[]>> probes) {
    this(step, epoch, theta, statistics, optimizer, probes, true);
  }

  /** Without batch normalisation and memory of probes. */
  public TrainingState(long step, double epoch, double[] theta, List<double[]> optimizer) {
    this(step, epoch, theta, new double[0], optimizer, List.of());
  }

  /** The same before the measurement at this step. */
  TrainingState unmeasured() {
    return new TrainingState(
        step, epoch, theta, statistics, optimizer, probes, false, average, monitors, firstLosses);
  }

  /** The same at the mean of the parameters. */
  TrainingState at(AverageState mean) {
    return new TrainingState(
        step,
        epoch,
        mean.theta(),
        mean.statistics(),
        optimizer,
        probes,
        measured,
        mean,
        monitors,
        firstLosses);
  }

  /** The same with the course of watched quantities, and the first losses. */
  TrainingState watched(List<double[]> courses, double[] first) {
    return new TrainingState(
        step, epoch, theta, statistics, optimizer, probes, measured, average, courses, first);
  }

  /**
   * The first replica whose parameters or optimizer state are not finite, or −1.
   *
   * @param parameters P
   */
  int firstBroken(int parameters) {
    List<double[]> vectors = new ArrayList<>(optimizer);
    vectors.add(theta);
    int first = -1;
    for (double[] vector : vectors) {
      int bad = firstNotFinite(vector);
      if (bad >= 0) {
        int replica = bad / parameters;
        first = first < 0 ? replica : Math.min(first, replica);
      }
    }
    return first;
  }

  /** Index of the first number that is not finite, or −1. */
  static int firstNotFinite(double... values) {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        return i;
      }
    }
    return -1;
  }
}
