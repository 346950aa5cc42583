package org.noisescape.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.noisescape.files.FileErrors;
import org.noisescape.files.WholeFile;
import org.noisescape.runs.Annotations;

/**
 * One HTML file about run folders, with figures, numbers, configuration and provenance in it; of
 * several runs a comparison comes first.
 *
 * <p>It needs no network and no other file, follows the reader's choice of light or dark, and fits
 * a phone.
 */
public final class RunReport {
  /** Name of the file in a run folder. */
  public static final String FILE = "report.html";

  /** Of more runs than these the parts of single runs are opened on request. */
  private static final int MOST_UNFOLDED = 6;

  private RunReport() {}

  /**
   * Writes the report of one run or several, titled after them.
   *
   * @param runs run folders of trainings or experiments, at least one
   * @param out the file, replaced where it is there
   * @throws IllegalArgumentException in one line where a folder holds no run
   */
  public static void write(List<Path> runs, Path out) {
    write(runs, out, Optional.empty());
  }

  /**
   * Writes the report.
   *
   * <p>Of one run the figures of a training are written into its folder too; of several nothing is
   * written but the page.
   *
   * @param title of the page, or what the runs are
   */
  public static void write(List<Path> runs, Path out, Optional<String> title) {
    write(runs, out, title, Optional.empty());
  }

  /**
   * Writes the report, and the numbers in it as tables.
   *
   * @param csv {@code NAME.csv} for the measurements alone, else a folder for all tables
   * @return the tables that were written
   */
  public static List<Path> write(
      List<Path> runs, Path out, Optional<String> title, Optional<Path> csv) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a report needs at least one run folder");
    }
    try {
      List<RunFolder> folders = new ArrayList<>();
      for (Path run : runs) {
        folders.add(RunFolder.read(run, runs.size() == 1));
      }
      List<ReportedRun> numbered = ReportedRun.number(folders);
      ReportPage page = page(numbered, title);
      WholeFile.folder(out.toAbsolutePath().normalize().getParent());
      page.write(out);
      return csv.isPresent() ? RunTables.write(numbered, csv.get()) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  /**
   * Refuses a name that is none of a style.
   *
   * @throws IllegalArgumentException in one line with the names there are
   */
  public static void requireStyle(String name) {
    PlotStyle.named(name);
  }

  /**
   * Draws the figures of a run in another style, into {@code figures/STYLE} of its folder.
   *
   * @param style {@code paper}, for a column of a journal
   * @return the folder of the drawings
   * @throws IllegalArgumentException in one line where there is no such style, or nothing to draw
   */
  public static Path restyle(Path run, String style) {
    PlotStyle named = PlotStyle.named(style);
    try {
      return FigureFiles.restyle(run, RunFolder.read(run, false).figures(), named);
    } catch (IOException e) {
      throw new UncheckedIOException(FileErrors.line(e), e);
    }
  }

  private static ReportPage page(List<ReportedRun> runs, Optional<String> given)
      throws IOException {
    boolean several = runs.size() > 1;
    String title = given.orElse(several ? runs.size() + " runs" : runs.getFirst().folder().title());
    ReportPage page = new ReportPage(title);
    Html html = page.html();
    if (several) {
      html.element("h1", title);
      Comparison comparison = new Comparison(runs);
      contents(html, comparison, runs);
      comparison.appendTo(html);
    } else if (given.isPresent()) {
      html.element("h1", title);
    }
    for (ReportedRun run : runs) {
      new RunSection(run, runs.size() > MOST_UNFOLDED).appendTo(html);
    }
    return page;
  }

  private static void contents(Html html, Comparison comparison, List<ReportedRun> runs) {
    html.element("p", Comparison.ends(runs), "class", "muted");
    html.open("nav", "class", "contents");
    comparison.titles().forEach((anchor, title) -> html.element("a", title, "href", "#" + anchor));
    html.close("nav");
    html.raw(runs.size() > MOST_UNFOLDED ? "<details>" : "<details open=\"open\">");
    html.element("summary", "The " + runs.size() + " runs");
    html.open("div", "class", "scroll").open("table").open("tr");
    for (String head : List.of("run", "what", "outcome", "tags")) {
      html.element("th", head);
    }
    html.close("tr");
    for (ReportedRun run : runs) {
      html.open("tr").open("td", "class", "words");
      html.element("a", run.name(), "href", "#" + run.anchor());
      String status = run.folder().status();
      html.close("td").element("td", run.folder().title(), "class", "words");
      html.open("td").element("span", status, "class", "judged " + RunSection.badge(status));
      html.close("td").open("td", "class", "words");
      Annotations.read(run.folder().path())
          .tags()
          .forEach(tag -> html.element("span", tag, "class", "tag"));
      html.close("td").close("tr");
    }
    html.close("table").close("div").close("details");
  }
}
