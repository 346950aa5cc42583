package org.noisescape.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.nn.ParameterSpec;
import org.noisescape.optim.AscentRule;
import org.noisescape.optim.RuleMemory;
import org.noisescape.optim.RuleStages;
import org.noisescape.optim.TargetRule;
import org.noisescape.optim.UpdateRule;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/** The rules of a plan, bound to a training step, each at its place there. */
final class StepRules {
  private final Engine engine;
  private final Timeline timeline;
  private final Tensor theta;
  private final Tensor statistics;
  private final Tensor keptTheta;
  private final Tensor keptStatistics;
  private final RuleMemory memory;
  private final Map<BatchPass, List<Runnable>> targets = new HashMap<>();
  private final List<Runnable> directions = new ArrayList<>();
  private final Runnable ascent;
  private final RunningAverage average;

  /** Whether the rules of a plan leave its steps plain descent along one gradient. */
  static boolean areNone(TrainingPlan plan) {
    return RuleStages.of(plan.rules()).isDescent();
  }

  /**
   * Binds the rules.
   *
   * @param statistics running statistics, or null
   * @param passes of all batches
   */
  StepRules(
      TrainingPlan plan,
      Timeline timeline,
      Tensor theta,
      Tensor direction,
      Tensor step,
      Tensor statistics,
      List<BatchPass> passes) {
    Arena arena = theta.arena();
    RuleStages stages = RuleStages.of(plan.rules());
    this.engine = arena.engine();
    this.timeline = timeline;
    this.theta = theta;
    this.statistics = statistics;
    this.memory = new RuleMemory(theta, direction, step, plan.seed(), plan.firstReplica());
    memory.weightSegments(weights(plan.network().parameters()));
    for (TargetRule rule : stages.targets()) {
      Tensor keys = memory.keys(rule.purpose());
      for (BatchPass pass : passes.stream().distinct().toList()) {
        targets
            .computeIfAbsent(pass, none -> new ArrayList<>())
            .add(following(rule, () -> rule.bindTargets(memory, keys, pass.target())));
      }
    }
    this.ascent = stages.ascent().map(this::bindAscent).orElse(null);
    this.keptTheta = ascent == null ? null : arena.reserve(theta.dtype(), theta.shape());
    this.keptStatistics =
        ascent == null || statistics == null
            ? null
            : arena.reserve(statistics.dtype(), statistics.shape());
    for (UpdateRule rule : stages.directions()) {
      directions.add(following(rule, () -> rule.bind(memory)));
    }
    this.average =
        stages
            .average()
            .map(rule -> new RunningAverage(rule, timeline, theta, statistics))
            .orElse(null);
  }

  private Runnable bindAscent(AscentRule rule) {
    return following(rule, () -> rule.bindAscent(memory));
  }

  private Runnable following(UpdateRule rule, java.util.function.Supplier<Runnable> binding) {
    return memory.following(timeline.schedules().of(rule), binding);
  }

  /** Stretches of weights; neighbours are one. */
  private static List<RuleMemory.Segment> weights(List<ParameterSpec> parameters) {
    List<RuleMemory.Segment> segments = new ArrayList<>();
    long start = 0;
    boolean open = false;
    for (ParameterSpec parameter : parameters) {
      if (parameter.isWeight()) {
        RuleMemory.Segment before = open ? segments.removeLast() : new RuleMemory.Segment(start, 0);
        segments.add(new RuleMemory.Segment(before.start(), before.size() + parameter.size()));
      }
      open = parameter.isWeight();
      start += parameter.size();
    }
    return segments;
  }

  /** Writes what changes from step to step. */
  void moveTo(long done) {
    memory.moveTo(done, timeline.epoch(done), timeline.epochs());
  }

  /** Whether nothing happens between the step before and that after so many. */
  boolean restsAt(long done) {
    return average == null && memory.restsAt(done, timeline.epoch(done), timeline.epochs());
  }

  /** In the program: the targets of a mini-batch are gathered. */
  void targets(BatchPass pass) {
    run(targets.getOrDefault(pass, List.of()));
  }

  /** In the program: moves θ to where a second gradient is taken; false where there is none. */
  boolean ascend() {
    if (ascent == null) {
      return false;
    }
    engine.memory().copy(theta, keptTheta);
    if (statistics != null) {
      engine.memory().copy(statistics, keptStatistics);
    }
    ascent.run();
    return true;
  }

  /** In the program: puts θ, and the running statistics, as they were before {@link #ascend}. */
  void comeBack() {
    engine.memory().copy(keptTheta, theta);
    if (statistics != null) {
      engine.memory().copy(keptStatistics, statistics);
    }
  }

  /** In the program: turns the gradient into the direction. */
  void direct() {
    run(directions);
  }

  private static void run(List<Runnable> actions) {
    for (int i = 0; i < actions.size(); i++) {
      actions.get(i).run();
    }
  }

  /** After a step was started. */
  void stepped(long done) {
    if (average != null) {
      average.stepped(done);
    }
  }

  /** State vectors (R, P). */
  List<Tensor> states() {
    return memory.states();
  }

  /** Whether a mean of the parameters is kept. */
  boolean averages() {
    return average != null;
  }

  /** The mean after so many steps. */
  AverageState average(long done) {
    return average == null ? AverageState.NONE : average.state(done);
  }

  /** Puts the mean as it was. */
  void restore(AverageState state, long done) {
    if (average != null) {
      average.restore(state, done);
    } else if (state.present()) {
      throw new IllegalArgumentException(
          "the checkpoint keeps a mean of the parameters, the optimizer takes none");
    }
  }
}
