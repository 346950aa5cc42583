package org.noisescape.experiments.wei.alignment;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.noisescape.experiments.fit.Column;
import org.noisescape.experiments.fit.SeedMean;
import org.noisescape.experiments.frame.Measurements;
import org.noisescape.report.Figure;
import org.noisescape.report.Figure.Stroke;
import org.noisescape.report.FigureBuilder;
import org.noisescape.report.Metrics;

/** Fig. 5 of the text: cosine similarity and training loss against epochs, a loss each. */
final class AlignmentFigures {
  private AlignmentFigures() {}

  /** Both figures of a panel. */
  static List<Figure> of(
      AlignmentPanel panel,
      List<AlignmentPoint> points,
      List<AlignmentSums> turned,
      List<Metrics> training) {
    return List.of(similarity(panel, points, turned), loss(panel, training));
  }

  private static Figure similarity(
      AlignmentPanel panel, List<AlignmentPoint> points, List<AlignmentSums> turned) {
    double[] ends = {panel.epochs().getFirst(), panel.epochs().getLast()};
    FigureBuilder figure =
        Figure.titled(
                panel.name() + "-alignment", panel.title() + ": alignment of Hessian and noise")
            .x("Epoch (%d steps)".formatted(panel.step(1)))
            .y("Cosine similarity CS(H, C)")
            .level(
                "0.9, the text's bound",
                Figure.INK,
                Stroke.DASHED,
                ends,
                AlignmentCriterion.ALIGNED.theory() - AlignmentCriterion.ALIGNED.tolerance());
    series(figure, "C centred", 1, Stroke.SOLID, panel, points, AlignmentSums::centred);
    series(
        figure,
        "C as in the text, not centred",
        0,
        Stroke.DASH_DOT,
        panel,
        points,
        AlignmentSums::uncentred);
    series(
        figure,
        "eigenvectors turned at random",
        2,
        Stroke.THIN,
        panel,
        points,
        AlignmentSums::rotated);
    if (!turned.isEmpty()) {
      SeedMean mean = SeedMean.of(Column.of(turned, AlignmentSums::uncentred));
      figure.points(
          "residuals turned at random",
          3,
          new double[] {ends[1]},
          new double[] {mean.mean()},
          new double[] {mean.standardError()});
    }
    return figure
        .level("random symmetric matrices", Figure.INK, Stroke.DOTTED, ends, 0)
        .captioned(
            panel.description()
                + ". Cosine similarity of the Hessian of L and the covariance C of the per-sample"
                + " gradients, "
                + panel.vectors().map(v -> "by " + v + " random vectors").orElse("exact")
                + ", over "
                + panel.samples().map(n -> "the first " + n).orElse("all")
                + " training samples; mean over seeds with its standard error. Controls: the mean over"
                + " random rotations of one of the two, with both spectra as they are, independent"
                + " random symmetric matrices, and, with the mean-square loss, residuals of the same norms in"
                + " random directions at the end.");
  }

  private static void series(
      FigureBuilder figure,
      String name,
      int colour,
      Stroke stroke,
      AlignmentPanel panel,
      List<AlignmentPoint> points,
      ToDoubleFunction<AlignmentSums> quantity) {
    List<SeedMean> means =
        panel.epochs().stream()
            .map(
                epoch ->
                    Measurements.over(
                        points.stream().filter(point -> point.epoch() == epoch).toList(),
                        point -> quantity.applyAsDouble(point.sums())))
            .toList();
    figure.joined(
        name,
        colour,
        stroke,
        Column.of(panel.epochs(), epoch -> epoch),
        Column.of(means, SeedMean::mean),
        Column.of(means, SeedMean::standardError));
  }

  private static Figure loss(AlignmentPanel panel, List<Metrics> training) {
    FigureBuilder figure =
        Figure.titled(panel.name() + "-training", panel.title() + ": training loss")
            .x("Epoch")
            .y("Training loss L");
    for (Metrics seed : training) {
      String name = "replica " + seed.replica();
      figure.line(name, seed.replica(), seed.column("epoch"), seed.column("train_loss"));
    }
    return figure.captioned(
        panel.description()
            + ". Loss over all %d training samples after each epoch.".formatted(panel.size()));
  }
}
