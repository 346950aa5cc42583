package org.noisescape.experiments.frame;

/** A number, without any ensemble. */
final class Formula extends LandscapeExperiment<String> {
  Formula() {
    super("a/formula", "title", "source");
  }

  @Override
  protected Planned<String> plan(Settings settings) {
    return Planned.of("plan", "a rule");
  }

  @Override
  protected Findings measure(String plan, Ensembles ensembles) {
    return Findings.of(new Measurements().value("two", 2));
  }
}
