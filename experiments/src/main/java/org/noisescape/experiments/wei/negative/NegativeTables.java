package org.noisescape.experiments.wei.negative;

import java.util.ArrayList;
import java.util.List;
import org.noisescape.experiments.frame.Csv;
import org.noisescape.experiments.frame.Findings;

/** {@code states.csv}, {@code runs.csv} and {@code lines.csv} of a run folder. */
final class NegativeTables {
  private NegativeTables() {}

  /** A run of the descent or of SGD. */
  private record Run(String stage, RunSpectrum spectrum) {}

  /** A state of one. */
  private record State(Run run, StateSpectrum spectrum) {
    NegativePart negative() {
      return spectrum.negative();
    }
  }

  static Findings add(
      Findings findings,
      List<RunSpectrum> minima,
      List<RunSpectrum> runs,
      List<SeedLine> lines,
      double floor) {
    List<Run> all = new ArrayList<>();
    minima.forEach(minimum -> all.add(new Run("descent", minimum)));
    runs.forEach(run -> all.add(new Run("sgd", run)));
    List<State> states = new ArrayList<>();
    all.forEach(run -> run.spectrum().states().forEach(s -> states.add(new State(run, s))));
    return findings
        .table(
            Csv.of("states", states)
                .column("stage", s -> s.run().stage())
                .column("batch", s -> s.run().spectrum().batch())
                .column("learning_rate", s -> s.run().spectrum().learningRate())
                .column("seed", s -> s.run().spectrum().seed())
                .column("epoch", s -> s.spectrum().epoch())
                .column("loss", s -> s.spectrum().loss())
                .column("excess_loss", s -> s.spectrum().loss() - floor)
                .column("gradient_norm_squared", s -> s.spectrum().gradientNormSquared())
                .column("negative_sum", s -> s.negative().sum())
                .column("negative_sum_error_bound", s -> s.negative().sumError())
                .column("negative_count", s -> s.negative().count())
                .column("smallest", s -> s.negative().smallest())
                .column("largest", s -> s.negative().largest())
                .column("trace", s -> s.negative().trace())
                .column("active_parameters", s -> s.negative().active()))
        .table(
            Csv.of("runs", all)
                .column("stage", Run::stage)
                .column("batch", r -> r.spectrum().batch())
                .column("learning_rate", r -> r.spectrum().learningRate())
                .column("seed", r -> r.spectrum().seed())
                .column("states", r -> r.spectrum().states().size())
                .column("excess_loss", r -> r.spectrum().excess(floor))
                .column("excess_loss_standard_error", r -> r.spectrum().loss().standardError())
                .column("negative_sum", r -> r.spectrum().negativeSum().mean())
                .column(
                    "negative_sum_standard_error", r -> r.spectrum().negativeSum().standardError())
                .column("negative_sum_of_mean_hessian", r -> r.spectrum().ofMeanHessian().sum()))
        .table(
            Csv.of("lines", lines)
                .column("seed", SeedLine::seed)
                .column("runs", SeedLine::runs)
                .column("slope", SeedLine::slope)
                .column("slope_standard_error", SeedLine::slopeError)
                .column("intercept", SeedLine::intercept)
                .column("intercept_standard_error", SeedLine::interceptError)
                .column("r_squared", SeedLine::rSquared)
                .column("reverse_slope", SeedLine::reverseSlope)
                .column("exponent", SeedLine::exponent)
                .column("largest_sum", SeedLine::largest)
                .column("loss_ratio", SeedLine::ratio));
  }
}
