package org.noisescape.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What several runs show together: curves over one another, noise against loss, spectra, first
 * passages side by side, verdicts, and what differs between the runs.
 *
 * <p>A run that did not measure something is absent from its drawing; a part that no run has
 * anything for is not there.
 */
final class Comparison {
  private static final String PREFIX = "all-";
  private static final String OTHERS = "others";

  private final List<ReportedRun> runs;
  private final List<TrainingGroup> groups;
  private final GroupNames names;

  /** Parts with a heading, by their identifier. */
  private final Map<String, Html> parts = new LinkedHashMap<>();

  private final Map<String, String> titles = new LinkedHashMap<>();

  Comparison(List<ReportedRun> runs) throws IOException {
    this.runs = runs;
    this.groups = TrainingGroup.of(runs);
    this.names = new GroupNames(groups);
    TrainingOverlay overlay = new TrainingOverlay(groups, names);
    if (!groups.isEmpty()) {
      configurations();
    }
    figures("curves", "Training curves", overlay.learning());
    List<Figure> noise = new ArrayList<>();
    NoiseOverlay.of(groups, names, runs).ifPresent(noise::add);
    noise.addAll(overlay.noise());
    figures("noise", "Noise strength", noise);
    List<Figure> spectra = new ArrayList<>(new SpectrumOverlay(groups, names, runs).figures());
    spectra.addAll(DensityOverlay.figures(runs));
    spectra.addAll(overlay.curvature());
    figures("spectra", "Spectra", spectra);
    passages();
    figures(OTHERS, "Other quantities", overlay.others());
    List<ReportedRun> judged = VerdictTable.judged(runs);
    if (!judged.isEmpty()) {
      VerdictTable.append(part("verdicts", "Verdicts"), judged);
    }
    Map<String, List<ReportedRun>> comparable = DifferenceTable.comparable(runs);
    if (!comparable.isEmpty()) {
      Html html = part("differences", "What differs");
      html.element(
          "p", "Settings in which the runs differ; the others are in each run's own part.");
      comparable.forEach((kind, members) -> DifferenceTable.append(html, kind, members));
    }
  }

  /** Titles of the parts, by their identifiers. */
  Map<String, String> titles() {
    return titles;
  }

  void appendTo(Html html) {
    parts.forEach(
        (anchor, contents) -> {
          html.open("section", "id", anchor, "class", "part").element("h2", titles.get(anchor));
          html.raw(contents.toString()).close("section");
        });
  }

  private Html part(String anchor, String title) {
    titles.put(anchor, title);
    return parts.computeIfAbsent(anchor, key -> new Html());
  }

  private void figures(String anchor, String title, List<Figure> figures) {
    if (!figures.isEmpty()) {
      Html html = part(anchor, title);
      boolean folded = anchor.equals(OTHERS);
      if (folded) {
        html.open("details").element("summary", figures.size() + " more figures");
      }
      html.open("div", "class", "figures");
      figures.forEach(figure -> RunSection.figure(html, FigureFiles.draw(figure), PREFIX));
      html.close("div").raw(folded ? "</details>\n" : "");
    }
  }

  /** The legend of all drawings: what each colour stands for. */
  private void configurations() {
    Html html = part("configurations", "Configurations");
    html.element(
        "p",
        "Trainings that differ by their seed only are one configuration, and so are the replicas of"
            + " a run: n of them are averaged."
            + (groups.size() > TrainingGroup.styles() ? " Colours and strokes repeat." : ""));
    html.open("div", "class", "scroll").open("table", "class", "settings").open("tr");
    html.element("th", "").element("th", "n");
    names.differing().forEach(key -> html.element("th", GroupNames.words(key)));
    html.element("th", "runs").close("tr");
    for (TrainingGroup group : groups) {
      html.open("tr").open("td").raw(swatch(group));
      html.raw(group.letter()).close("td");
      String repeats =
          group.repeats() == 0 ? "" : " (" + group.repeats() + " repeats of a seed left out)";
      html.element("td", group.trajectories().size() + repeats);
      for (String key : names.differing()) {
        String value = names.told(group, key);
        String shown = key.startsWith("data ") ? value.replaceAll("(.{15}).+", "$1…") : value;
        html.element("td", shown, "title", GroupNames.value(group.configuration(), key));
      }
      html.open("td", "class", "words");
      for (ReportedRun run : group.runs()) {
        html.open("span", "class", "member");
        html.element("a", run.name(), "href", "#" + run.anchor());
        String status = run.folder().status();
        if (!status.equals("COMPLETED")) {
          html.element("span", status, "class", "judged " + RunSection.badge(status));
        }
        html.close("span");
      }
      html.close("td").close("tr");
    }
    html.close("table").close("div");
  }

  private static String swatch(TrainingGroup group) {
    String dashes =
        switch (group.stroke()) {
          case DASHED -> "7 4";
          case DOTTED -> "2 3";
          default -> "none";
        };
    return ("<svg class=\"swatch\" viewBox=\"0 0 28 10\" aria-hidden=\"true\"><line x1=\"0\" y1=\"5\""
            + " x2=\"28\" y2=\"5\" stroke-width=\"3\" stroke=\"var(--c%d)\""
            + " stroke-dasharray=\"%s\"/></svg> ")
        .formatted(group.colour(), dashes);
  }

  /** The drawings of first passages that experiments made, as they are. */
  private void passages() {
    List<ReportedRun> sorted =
        runs.stream()
            .sorted(Comparator.comparing((ReportedRun run) -> run.folder().title()))
            .toList();
    Html html = new Html();
    for (ReportedRun run : sorted) {
      List<FigureFiles.Drawn> drawn =
          run.folder().figures().stream()
              .filter(figure -> figure.name().matches("(first-passage|survival|escape-time).*"))
              .toList();
      for (FigureFiles.Drawn figure : drawn) {
        String title = run.name() + ": " + figure.title();
        RunSection.figure(html, figure.titled(title), PREFIX + run.number() + "-");
      }
    }
    if (!html.toString().isEmpty()) {
      part("passages", "First passages").open("div", "class", "figures").raw(html.toString());
      part("passages", "First passages").close("div");
    }
  }

  /** What the runs ended with, such as "9 COMPLETED, 1 DIVERGED". */
  static String ends(List<ReportedRun> runs) {
    return runs.stream()
        .collect(
            Collectors.groupingBy(
                run -> run.folder().status(), LinkedHashMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }
}
