package org.noisescape.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of a page.
 *
 * @param number its place on the page, from 1
 * @param name what tells it from the others: its folder within the one that holds them all
 * @param folder what was read
 */
record ReportedRun(int number, String name, RunFolder folder) {
  /** Identifier of its section. */
  String anchor() {
    return "run-" + number;
  }

  /** Numbers and names runs in their order. */
  static List<ReportedRun> number(List<RunFolder> folders) {
    Path parent = RunSelection.commonParent(folders.stream().map(RunFolder::path).toList());
    List<ReportedRun> runs = new ArrayList<>();
    for (RunFolder folder : folders) {
      Path path = folder.path().toAbsolutePath().normalize();
      String name =
          folders.size() == 1 ? folder.path().toString() : parent.relativize(path).toString();
      runs.add(new ReportedRun(runs.size() + 1, name, folder));
    }
    return List.copyOf(runs);
  }
}
