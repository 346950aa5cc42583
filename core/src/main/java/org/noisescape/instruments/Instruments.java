package org.noisescape.instruments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The table of instruments; each is an entry here. */
public final class Instruments {
  private static final List<Instrument> ALL =
      List.of(
          reading("batch-loss", "loss of the mini-batch", Set.of(), StepSample::loss),
          tensors(
              "batch-gradient",
              "norm of the mini-batch gradient, all and of each parameter tensor",
              StepSample::gradientNorms,
              "batch_gradient_norm"),
          tensors(
              "update",
              "norm of the update, and over that of the parameters, all and of each tensor",
              StepSample::updateNorms,
              "update_norm",
              "update_ratio"),
          new Instrument(
              "distance",
              "distance of the parameters from where they started, all and of each tensor",
              Set.of("distance_from_start"),
              Set.of(Need.START),
              (sample, columns, histograms) -> sample.distances(columns)),
          reading(
              "norm-test",
              "least theta with which the norm test accepts the mini-batch",
              Set.of(Need.NORMS),
              s -> s.moments().normTest()),
          reading(
              "inner-product-test",
              "least theta with which the inner product test accepts the mini-batch",
              Set.of(Need.NORMS, Need.PRODUCTS),
              s -> s.moments().innerProductTest()),
          reading(
              "orthogonality-test",
              "least nu with which the orthogonality test accepts the mini-batch",
              Set.of(Need.NORMS, Need.PRODUCTS),
              s -> s.moments().orthogonalityTest()),
          reading(
              "cabs",
              "mini-batch that CABS chooses, learning rate times noise over loss; for plain sgd",
              Set.of(Need.NORMS, Need.PLAIN_STEP),
              s -> s.moments().cabs(s.learningRate())),
          reading(
              "alpha",
              "local step: -1 at the start, 0 in the minimum along the step, 1 as far behind it",
              Set.of(Need.PRODUCTS),
              StepSample::alpha),
          reading(
              "gsnr",
              "gradient signal-to-noise ratio, mean over parameters",
              Set.of(Need.VECTORS),
              s -> s.elements().meanRatio()),
          reading(
              "early-stopping",
              "evidence-based criterion, above 0 the gradient is noise",
              Set.of(Need.VECTORS),
              s -> s.elements().evidence()),
          reading(
              "tic-trace",
              "Takeuchi criterion by traces of gradient moments and curvature",
              Set.of(Need.NORMS, Need.CURVATURE_NORMS),
              StepSample::takeuchiTrace),
          reading(
              "tic-diagonal",
              "Takeuchi criterion by their diagonals",
              Set.of(Need.VECTORS),
              s -> s.elements().takeuchiDiagonal()),
          new Instrument(
              "gradient-histogram",
              "histogram of the elements of per-sample gradients",
              Set.of("gradient_histogram"),
              Set.of(Need.VECTORS),
              (sample, columns, histograms) ->
                  histograms.put("gradient_histogram", sample.histogram().gradients())),
          new Instrument(
              "gradient-parameter-histogram",
              "the same, and the parameters they belong to",
              Set.of("gradient_parameter_histogram"),
              Set.of(Need.VECTORS, Need.JOINT_HISTOGRAM),
              (sample, columns, histograms) ->
                  histograms.put(
                      "gradient_parameter_histogram",
                      sample.histogram().gradientsAndParameters())));

  private Instruments() {}

  /** All of them. */
  public static List<Instrument> all() {
    return ALL;
  }

  /** The instrument of a name. */
  public static Optional<Instrument> find(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  private static Instrument reading(
      String name,
      String description,
      Set<Need> needs,
      Function<StepSample, InstrumentReading> number) {
    String column = name.replace('-', '_');
    return new Instrument(
        name,
        description,
        Set.of(column),
        needs,
        (sample, columns, histograms) -> number.apply(sample).put(columns, column));
  }

  private interface Tensors {
    void put(StepSample sample, Map<String, Double> columns);
  }

  private static Instrument tensors(
      String name, String description, Tensors tensors, String... columns) {
    return new Instrument(
        name,
        description,
        Set.of(columns),
        Set.of(),
        (sample, into, histograms) -> tensors.put(sample, into));
  }
}
