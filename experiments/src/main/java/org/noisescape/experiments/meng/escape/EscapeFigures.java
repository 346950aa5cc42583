package org.noisescape.experiments.meng.escape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.PolynomialFit;
import org.noisescape.experiments.meng.escape.EscapeReading.Meaning;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Band;
import org.noisescape.report.Figure.Line;
import org.noisescape.report.Figure.Mark;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;
import org.noisescape.report.Figure.Stroke;

/** Figures of {@link EscapeTwoD}. */
final class EscapeFigures {
  private static final int POINTS = 41;
  private static final String LAMBDA = "\u03bb\u2081";
  private static final String SUCCESS = "Share of replicas that escaped";

  private EscapeFigures() {}

  static List<Figure> of(
      EscapeScene scene,
      EscapeReading literal,
      EscapeReading working,
      EscapeReading flatter,
      List<EscapeReading> map) {
    return List.of(
        success("success", "Success rate with the factor of the reading that works", working),
        success("success-flatter", "The same on the flatter loss", flatter),
        literal(literal),
        map(map),
        noise(scene));
  }

  private static Figure success(String name, String title, EscapeReading reading) {
    List<Mark> marks = new ArrayList<>();
    double[] x = Column.of(reading.lambdas(), l -> l);
    double[] ends = {0, x[x.length - 1]};
    level(marks, "SGD", 1, reading.sgd(), ends);
    level(marks, "Langevin dynamics", 2, reading.langevin(), ends);
    double[] y = Column.of(reading.powerLaw(), r -> r.escaped().value());
    double[] error = Column.of(reading.powerLaw(), r -> r.escaped().standardError());
    marks.add(new Line("", 0, Stroke.THIN, x, y));
    marks.add(new Points("power-law dynamics", 0, x, y, error));
    return new Figure(
        name,
        title,
        "%s, R = %d. Bands and bars: one standard error. The text finds SGD's rate near lambda_1 ="
                .formatted(reading.name(), reading.sgd().escaped().trials())
            + " 32 and Langevin's below both. Replicas that were thrown out beyond the other well count.",
        new Axis(LAMBDA, Scale.LINEAR),
        new Axis(SUCCESS, Scale.LINEAR),
        marks);
  }

  private static void level(
      List<Mark> marks, String name, int colour, EscapedShare rate, double[] ends) {
    double low = rate.escaped().lower(1);
    double high = rate.escaped().upper(1);
    double value = rate.escaped().value();
    marks.add(new Band("", colour, ends, new double[] {low, low}, new double[] {high, high}));
    marks.add(new Line(name, colour, Stroke.SOLID, ends, new double[] {value, value}));
  }

  private static Figure literal(EscapeReading reading) {
    List<EscapedShare> all = new ArrayList<>(List.of(reading.langevin()));
    all.addAll(reading.powerLaw());
    double[] x = new double[all.size()];
    for (int i = 1; i < x.length; i++) {
      x[i] = reading.lambdas().get(i - 1);
    }
    double[] ends = {0, x[x.length - 1]};
    double sgd = reading.sgd().divergedShare();
    return new Figure(
        "literal",
        "The literal reading",
        "%s, eta H = %.2f at the minimum: descent itself is unstable, every replica leaves, and many are thrown out beyond the other well."
            .formatted(reading.name(), reading.stability()),
        new Axis(LAMBDA + " (0: Langevin)", Scale.LINEAR),
        new Axis("Share of replicas", Scale.LINEAR),
        List.of(
            new Line("SGD, thrown out", 1, Stroke.SOLID, ends, new double[] {sgd, sgd}),
            new Points("thrown out", 0, x, Column.of(all, EscapedShare::divergedShare)),
            new Points(
                "escaped",
                3,
                x,
                Column.of(all, r -> r.escaped().value()),
                Column.of(all, r -> r.escaped().standardError()))));
  }

  /**
   * Success of SGD, Langevin and λ₁ = the sweep's middle against the factor, for the first batch.
   */
  private static Figure map(List<EscapeReading> map) {
    List<Mark> marks = new ArrayList<>();
    int first = map.getFirst().batch();
    List<EscapeReading> own =
        map.stream()
            .filter(r -> r.batch() == first && r.meaning() == Meaning.DEVIATION)
            .sorted(java.util.Comparator.comparingDouble(EscapeReading::factor))
            .toList();
    double[] x = Column.of(own, EscapeReading::factor);
    curve(marks, "SGD", 1, x, own.stream().map(EscapeReading::sgd).toList());
    curve(marks, "Langevin", 2, x, own.stream().map(EscapeReading::langevin).toList());
    List<Double> lambdas = map.getFirst().lambdas();
    int[] shown = {0, lambdas.size() / 2, lambdas.size() - 1};
    for (int k = 0; k < shown.length; k++) {
      int index = shown[k];
      curve(
          marks,
          "\u03bb\u2081 = " + lambdas.get(index),
          3 + k,
          x,
          own.stream().map(r -> r.powerLaw().get(index)).toList());
    }
    double[] unstable =
        own.stream().filter(r -> r.stability() >= 2).mapToDouble(EscapeReading::factor).toArray();
    if (unstable.length > 0) {
      marks.addFirst(
          new Figure.Span(
              "\u03b7H \u2265 2", 0, Arrays.stream(unstable).min().orElseThrow(), x[x.length - 1]));
    }
    return new Figure(
        "map",
        "Success rate against the factor of the loss",
        "Batch size %d, R = %d a point. Shaded: descent is unstable at the minimum."
            .formatted(first, own.getFirst().sgd().escaped().trials()),
        new Axis("Factor of the loss", Scale.LOG),
        new Axis(SUCCESS, Scale.LINEAR),
        marks);
  }

  private static void curve(
      List<Mark> marks, String name, int colour, double[] x, List<EscapedShare> rates) {
    double[] y = Column.of(rates, r -> r.escaped().value());
    double[] error = Column.of(rates, r -> r.escaped().standardError());
    marks.add(new Line("", colour, Stroke.THIN, x, y));
    marks.add(new Points(name, colour, x, y, error));
  }

  private static Figure noise(EscapeScene scene) {
    double[] s = new double[POINTS];
    double[] trace = new double[POINTS];
    PolynomialFit fit = scene.noiseParabola(s, trace);
    double[] parabola = Arrays.stream(s).map(fit::at).toArray();
    return new Figure(
        "noise",
        "Trace of the gradient covariance around the minimum",
        "f = %s, b = %d, at (1 + s, 1 + s); exact over the samples. Dashed: parabola, second coefficient %.3g, R^2 = %.4f."
            .formatted(
                (float) scene.factor(), scene.batch(), fit.coefficients()[2], fit.rSquared()),
        new Axis("s", Scale.LINEAR),
        new Axis("tr C", Scale.LINEAR),
        List.of(
            new Points("tr C", 0, s, trace),
            new Line("parabola", Figure.INK, Stroke.DASHED, s, parabola)));
  }
}
