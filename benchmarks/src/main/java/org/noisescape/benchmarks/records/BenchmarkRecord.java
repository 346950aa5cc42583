package org.noisescape.benchmarks.records;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.files.JsonFile;

/**
 * What one run of one kind of benchmark found.
 *
 * @param kind its name, which the file has too
 * @param setting where it was measured
 * @param rows in the order of measurement
 * @param curves costs against sizes
 */
public record BenchmarkRecord(
    String kind, Setting setting, List<BenchmarkRow> rows, List<ScalingCurve> curves) {
  /** Copies the lists. */
  public BenchmarkRecord {
    rows = List.copyOf(rows);
    curves = List.copyOf(curves);
  }

  /** Writes KIND.json into a folder. */
  public void write(Path folder) throws IOException {
    JsonFile.write(folder.resolve(kind + ".json"), JsonFile.MAPPER.valueToTree(this));
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException in one line where it is no record of a benchmark
   */
  public static BenchmarkRecord read(Path file) {
    return JsonFile.value(file.toString(), JsonFile.object(file), BenchmarkRecord.class);
  }
}
