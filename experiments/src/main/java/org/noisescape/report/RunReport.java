package org.noisescape.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.noisescape.train.WholeFile;

/**
 * One HTML file about run folders, with figures, numbers, configuration and provenance in it.
 *
 * <p>It needs no network and no other file, follows the reader's choice of light or dark, and fits
 * a phone.
 */
public final class RunReport {
  /** Name of the file in a run folder. */
  public static final String FILE = "report.html";

  private RunReport() {}

  /**
   * Writes the report.
   *
   * @param runs run folders of trainings or experiments, at least one
   * @param out the file, replaced where it is there
   * @throws IllegalArgumentException in one line where a folder holds no run
   */
  public static void write(List<Path> runs, Path out) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a report needs at least one run folder");
    }
    try {
      List<RunFolder> folders = new ArrayList<>();
      for (Path run : runs) {
        folders.add(RunFolder.read(run));
      }
      if (out.toAbsolutePath().getParent() != null) {
        Files.createDirectories(out.toAbsolutePath().getParent());
      }
      WholeFile.write(out, page(folders));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static String page(List<RunFolder> runs) throws IOException {
    String title = runs.size() == 1 ? runs.getFirst().title() : runs.size() + " runs";
    Html html = new Html();
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.raw("<meta charset=\"utf-8\"/>\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    html.element("title", title + " – noisescape");
    html.open("style").raw(style()).close("style").close("head");
    html.open("body").open("main");
    if (runs.size() > 1) {
      overview(html, runs);
    }
    for (int i = 0; i < runs.size(); i++) {
      new RunSection(runs.get(i), i + 1).appendTo(html);
    }
    html.close("main").close("body").close("html");
    return html.toString();
  }

  private static void overview(Html html, List<RunFolder> runs) {
    html.element("h1", runs.size() + " runs");
    html.open("div", "class", "scroll").open("table").open("tr");
    for (String head : List.of("run", "what", "outcome")) {
      html.element("th", head);
    }
    html.close("tr");
    for (int i = 0; i < runs.size(); i++) {
      RunFolder run = runs.get(i);
      html.open("tr").open("td");
      html.element("a", run.path().toString(), "href", "#run-" + (i + 1));
      html.close("td").element("td", run.title());
      html.open("td");
      html.element("span", run.status(), "class", "badge " + RunSection.badge(run.status()));
      html.close("td").close("tr");
    }
    html.close("table").close("div");
  }

  private static String style() throws IOException {
    try (InputStream in = RunReport.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
