package org.noisescape.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.noisescape.report.Figure.Stroke;

/** The largest eigenvalues of H, G and S of all runs that have them, a drawing a matrix. */
final class SpectrumOverlay {
  /** Eigenvalues of a spectrum that have a symbol. */
  private static final int SYMBOLS = 50;

  private static final double[] NO_ERROR = {};

  /**
   * A matrix.
   *
   * @param probe columns of metrics, before the rank
   * @param column of a table that also has ranks
   */
  private record Matrix(String key, String symbol, String probe, String column) {}

  private static final List<Matrix> MATRICES =
      List.of(
          new Matrix("hessian", "H", "hessian_top_", "hessian"),
          new Matrix("ggn", "G", "ggn_top_", "eigenvalue"),
          new Matrix("covariance", "S", "covariance_top_", "covariance"));

  private final List<TrainingGroup> groups;
  private final GroupNames names;
  private final List<ReportedRun> runs;

  SpectrumOverlay(List<TrainingGroup> groups, GroupNames names, List<ReportedRun> runs) {
    this.groups = groups;
    this.names = names;
    this.runs = runs;
  }

  List<Figure> figures() throws IOException {
    List<Figure> figures = new ArrayList<>();
    for (Matrix matrix : MATRICES) {
      FigureBuilder figure =
          Figure.titled(matrix.key() + "-eigenvalues", "Largest eigenvalues of " + matrix.symbol())
              .logX("Rank")
              .logY("Eigenvalue of " + matrix.symbol());
      trainings(matrix, figure);
      experiments(matrix, figure);
      if (!figure.isEmpty()) {
        figures.add(
            figure.captioned(
                "Positive eigenvalues against their rank, of a training at its last measurement of"
                    + " them; a line a replica or a seed, with symbols at the first "
                    + SYMBOLS
                    + ". Bars: residuals, where they are known."
                    + names.legendElsewhere()));
      }
    }
    return figures;
  }

  private void trainings(Matrix matrix, FigureBuilder figure) {
    for (TrainingGroup group : groups) {
      String name = names.legend(group, group.trajectories().size());
      for (Metrics trajectory : group.trajectories()) {
        Optional<Map<String, Double>> last =
            trajectory.rows().reversed().stream()
                .filter(row -> row.containsKey(matrix.probe() + 1))
                .findFirst();
        if (last.isPresent()) {
          Map<String, Double> row = last.get();
          int count =
              (int)
                  IntStream.iterate(1, k -> row.containsKey(matrix.probe() + k), k -> k + 1)
                      .count();
          double[] values = new double[count];
          double[] errors = new double[count];
          for (int i = 0; i < count; i++) {
            String column = matrix.probe() + (i + 1);
            values[i] = row.get(column);
            errors[i] = row.getOrDefault(column + "_residual", 0.0);
          }
          add(figure, name, group.index(), ranks(count), values, errors);
          name = "";
        }
      }
    }
  }

  private void experiments(Matrix matrix, FigureBuilder figure) throws IOException {
    int colour = groups.size();
    for (ReportedRun run : runs) {
      if (run.folder().isExperiment()) {
        String name = run.name();
        for (Path file : run.folder().tables()) {
          Optional<RunTable> table = RunTable.read(file, List.of("rank", matrix.column()));
          if (table.isPresent()) {
            for (RunTable own : table.get().by("seed").values()) {
              double[] values = own.numbers(matrix.column());
              add(figure, name, colour, own.numbers("rank"), values, NO_ERROR);
              name = "";
            }
          }
        }
        colour += name.isEmpty() ? 1 : 0;
      }
    }
  }

  private static void add(
      FigureBuilder figure,
      String name,
      int colour,
      double[] ranks,
      double[] values,
      double[] errors) {
    int most = Math.min(values.length, SYMBOLS);
    figure
        .line("", colour, Stroke.THIN, ranks, values)
        .points(
            name,
            colour,
            Arrays.copyOf(ranks, most),
            Arrays.copyOf(values, most),
            errors.length == 0 ? errors : Arrays.copyOf(errors, most));
  }

  private static double[] ranks(int count) {
    return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
  }
}
