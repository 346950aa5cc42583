package org.noisescape.experiments.frame;

/** A number, without any ensemble. */
final class Formula extends LandscapeExperiment<String> {
  Formula() {
    super(new Identity("a/formula", "title", "source"), SettingRows.of(), "a rule");
  }

  @Override
  protected String plan(Settings settings) {
    return "plan";
  }

  @Override
  protected Findings measure(String plan, Ensembles ensembles) {
    return Findings.of(new Measurements().value("two", 2));
  }
}
