package org.noisescape.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.noisescape.files.WholeFile;

/**
 * A page that needs no network and no other file, follows the reader's choice of light or dark, and
 * fits a phone.
 */
public final class ReportPage {
  private final Html html = new Html();
  private final Path folder;
  private List<FigureFiles.Drawn> drawn;

  /** A page with nothing but a title, which shows no figures of a folder. */
  ReportPage(String title) throws IOException {
    this(title, null);
  }

  /**
   * A page with nothing but a title.
   *
   * @param folder whose figures it shows, those of {@link FigureFiles#write}
   */
  public ReportPage(String title, Path folder) throws IOException {
    this.folder = folder;
    html.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
    html.raw("<meta charset=\"utf-8\"/>\n");
    html.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");
    html.raw("<meta name=\"color-scheme\" content=\"light dark\"/>\n");
    html.raw(PageScript.policy());
    html.element("title", title + " – noisescape");
    html.open("style").raw(style()).close("style").close("head");
    html.open("body").open("main");
  }

  /** What follows is appended here. */
  public Html html() {
    return html;
  }

  /** Appends figures of the folder, by their names. */
  public void figures(Collection<String> names) throws IOException {
    if (drawn == null) {
      drawn = FigureFiles.read(folder);
    }
    // a figure by itself keeps the size it has beside another
    html.open("div", "class", "figures", "style", names.size() == 1 ? "max-width: 550px" : "");
    for (FigureFiles.Drawn figure : drawn) {
      if (names.contains(figure.name())) {
        RunSection.figure(html, figure, "page-");
      }
    }
    html.close("div");
  }

  /** Appends a verdict, or how something ended. */
  public void badge(String status) {
    html.element("span", status, "class", "badge " + RunSection.badge(status));
  }

  /** Closes the page and writes it whole. */
  public void write(Path file) throws IOException {
    html.close("main").raw(PageScript.element()).close("body").close("html");
    WholeFile.write(file, html.toString());
  }

  private static String style() throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
