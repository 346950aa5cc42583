package org.noisescape.experiments.wei.timescales;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.noisescape.files.WholeFile;
import org.noisescape.report.Metrics;

/** {@code tables/stationarity.csv} of a run folder: a line a measurement of a seed. */
final class TimescaleTables {
  private static final List<String> OF_A_SPACE =
      List.of(
          "left",
          "right",
          "deviation",
          "deviation_standard_error",
          "half_left",
          "half_right",
          "half_deviation",
          "half_deviation_standard_error");

  private TimescaleTables() {}

  static void write(Path run, TimescaleResult result) throws IOException {
    StringBuilder text = new StringBuilder("seed,step,epoch,train_loss");
    for (String space : new String[] {"full", "top"}) {
      OF_A_SPACE.forEach(name -> text.append(',').append(space).append('_').append(name));
    }
    text.append(",top_eigenvalue,top_overlap\n");
    for (Metrics seed : result.seeds()) {
      for (Map<String, Double> row : seed.rows()) {
        text.append(seed.replica()).append(',').append(row.get("step").longValue());
        cell(text, row, "epoch");
        cell(text, row, "train_loss");
        for (String prefix : new String[] {"fdr_", result.prefix()}) {
          OF_A_SPACE.forEach(name -> cell(text, row, prefix + name));
        }
        cell(text, row, result.prefix() + "eigenvalue");
        cell(text, row, result.prefix() + "overlap");
        text.append('\n');
      }
    }
    Path folder = WholeFile.folder(run.resolve("tables"));
    WholeFile.write(folder.resolve("stationarity.csv"), text.toString());
    WholeFile.write(
        folder.resolve("curves.csv"),
        "space,epoch,half_deviation,half_deviation_standard_error,deviation\n"
            + lines("full", result.full())
            + lines("top", result.top()));
  }

  private static String lines(String space, StationarityCurve curve) {
    return curve.points().stream()
        .map(
            p ->
                "%s,%s,%s,%s,%s\n".formatted(space, p.epoch(), p.half(), p.halfError(), p.window()))
        .collect(Collectors.joining());
  }

  private static void cell(StringBuilder text, Map<String, Double> row, String name) {
    text.append(',').append(row.containsKey(name) ? row.get(name).toString() : "");
  }
}
