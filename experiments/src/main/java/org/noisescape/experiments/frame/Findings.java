package org.noisescape.experiments.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.noisescape.experiments.fit.Verdict;
import org.noisescape.report.Figure;

/**
 * All that comes out of an experiment.
 *
 * @param verdict whether theory and measurement agree, the rivals being excluded
 * @param measurements the numbers
 * @param rivals other theories
 * @param tables the numbers for machines
 * @param figures the plots
 * @param note what the rule of the verdict had to do without, a sentence with a space before it;
 *     empty where there was nothing
 * @param complete whether nothing is missing because the run was stopped
 */
public record Findings(
    Verdict verdict,
    List<NamedMeasurement> measurements,
    List<Rival> rivals,
    List<Csv<?>> tables,
    List<Figure> figures,
    String note,
    boolean complete) {
  /** Copies the lists. */
  public Findings {
    measurements = List.copyOf(measurements);
    rivals = List.copyOf(rivals);
    tables = List.copyOf(tables);
    figures = List.copyOf(figures);
  }

  /** Numbers with the verdict that all judged ones come to. */
  public static Findings of(Measurements measurements) {
    return of(measurements.verdict(), measurements);
  }

  /** Numbers with a verdict. */
  public static Findings of(Verdict verdict, Measurements measurements) {
    return new Findings(verdict, measurements.list(), List.of(), List.of(), List.of(), "", true);
  }

  /**
   * The same with a rival, judged by the same rule on the same numbers.
   *
   * @param name a few words
   * @param numbers beside what it says
   */
  public Findings rival(String name, Measurements numbers) {
    return rivals(List.of(new Rival(name, numbers)));
  }

  /**
   * The same with a rival for each of several laws.
   *
   * @param laws in the order in which they are shown
   * @param name of a law in a few words
   * @param numbers beside what a law says
   */
  public <L> Findings rivals(
      List<L> laws, Function<L, String> name, Function<L, Measurements> numbers) {
    return rivals(laws.stream().map(l -> new Rival(name.apply(l), numbers.apply(l))).toList());
  }

  /** The same with rivals that were judged. */
  public Findings rivals(List<Rival> others) {
    List<Rival> more = new ArrayList<>(rivals);
    more.addAll(others);
    return new Findings(
        Rival.decide(verdict, more), measurements, more, tables, figures, note, complete);
  }

  /** The same with one more table. */
  public Findings table(Csv<?> table) {
    List<Csv<?>> more = new ArrayList<>(tables);
    more.add(table);
    return new Findings(verdict, measurements, rivals, more, figures, note, complete);
  }

  /** The same with more plots. */
  public Findings figures(List<Figure> others) {
    List<Figure> more = new ArrayList<>(figures);
    more.addAll(others);
    return new Findings(verdict, measurements, rivals, tables, more, note, complete);
  }

  /** The same with a sentence behind the rule of the verdict. */
  public Findings note(String sentence) {
    return new Findings(verdict, measurements, rivals, tables, figures, sentence, complete);
  }

  /** The same, of a run that was stopped or not. */
  public Findings complete(boolean whole) {
    return new Findings(verdict, measurements, rivals, tables, figures, note, whole);
  }
}
