package org.noisescape.quantities;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.noisescape.linop.StopCheck;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.objective.ClassCounts;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.objective.RiskValue;
import org.noisescape.objective.SampleSource;
import org.noisescape.quantities.Measure.Need;
import org.noisescape.quantities.Measure.OfClasses;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Passes over the data for all replicas of a state at once, and the time of one gradient.
 *
 * <p>A gradient is timed on one replica: after a first one, which warms up and does not count,
 * passes go on until the shortest has stood for half of their time, for {@value #LEAST_SECONDS} to
 * {@value #SECONDS} s; a first pass longer than {@value #LONG_SECONDS} s is hardly lengthened by
 * that, and is the time itself.
 */
final class RiskPasses {
  private static final double LEAST_SECONDS = 0.05;
  private static final double SECONDS = 0.3;

  /** What a pass is shorter by where the shortest so far does not stand. */
  private static final double SHORTER = 0.02;

  private static final double LONG_SECONDS = 2;

  private final ModelState state;
  private final StopCheck stop;
  private RiskValue[] train;
  private final Map<Need, RiskValue[]> heldOut = new EnumMap<>(Need.class);
  private final Map<Need, Cost> heldOutCosts = new EnumMap<>(Need.class);
  private GradientNoise[] noise;
  private Cost trainCost = Cost.NONE;
  private double gradientSeconds;
  private final Map<Need, ClassCounts[]> classes = new EnumMap<>(Need.class);

  /** Of passes that were for the classes alone. */
  private final Map<Need, Cost> classesCosts = new EnumMap<>(Need.class);

  private RiskPasses(ModelState state, StopCheck stop) {
    this.state = state;
    this.stop = stop;
  }

  /** Does the passes that some quantities need, unless it is stopped. */
  static RiskPasses over(
      ModelState state,
      Engine engine,
      List<QuantityRequest> requests,
      Consumer<String> details,
      StopCheck stop) {
    RiskPasses passes = new RiskPasses(state, stop);
    try (Arena arena = engine.arena()) {
      passes.compute(arena, requests, details);
    }
    return passes;
  }

  private void compute(Arena arena, List<QuantityRequest> requests, Consumer<String> details) {
    Network network = state.network();
    int replicas = state.replicas();
    Tensor theta = arena.reserve(state.dtype(), replicas, network.parameterCount());
    Tensor gradient = arena.reserve(state.dtype(), replicas, network.parameterCount());
    ResidentData data = resident(arena, state.train());
    boolean many = replicas > 1;
    BatchStatistics statistics = state.evaluation(arena, replicas);
    BatchStatistics ofFirst =
        statistics.running() == null
            ? statistics
            : BatchStatistics.running(statistics.running().rows(0, 1));
    EmpiricalRisk timed = risk(arena, data, 1, Backward.YES, ofFirst);
    EmpiricalRisk all =
        many && StateProbe.needs(requests, Need.GRADIENT)
            ? risk(arena, data, replicas, Backward.YES, statistics)
            : timed;
    EmpiricalRisk values =
        many && StateProbe.needs(requests, Need.VALUE) && all == timed
            ? risk(arena, data, replicas, Backward.NO, statistics)
            : all;
    Map<Need, EmpiricalRisk> others = new EnumMap<>(Need.class);
    for (Need which : List.of(Need.TEST, Need.VALIDATION)) {
      if (StateProbe.needs(requests, which)) {
        SampleSource held = (which == Need.TEST ? state.test() : state.validation()).orElseThrow();
        others.put(which, risk(arena, resident(arena, held), replicas, Backward.NO, statistics));
      }
    }
    details.accept("memory: %.1f MiB planned".formatted(arena.bytes() / (double) (1 << 20)));
    arena.commit();
    arena.engine().memory().write(theta, state.theta());
    Tensor[] views = network.view(theta);
    gradientSeconds =
        gradientSeconds(timed, network.view(theta.rows(0, 1)), network.view(gradient.rows(0, 1)));
    if (StateProbe.needs(requests, Need.GRADIENT)) {
      trainCost = timed(() -> noise = all.noise(views, network.view(gradient), gradient));
      train = Arrays.stream(noise).map(GradientNoise::value).toArray(RiskValue[]::new);
    } else if (StateProbe.needs(requests, Need.VALUE)) {
      trainCost = timed(() -> train = value(requests, Need.VALUE, values, views));
    }
    if (noise != null && counts(requests, Need.VALUE)) {
      classesCosts.put(Need.VALUE, timed(() -> value(requests, Need.VALUE, values, views)));
    }
    others.forEach(
        (which, risk) ->
            heldOutCosts.put(
                which, timed(() -> heldOut.put(which, value(requests, which, risk, views)))));
  }

  private static boolean counts(List<QuantityRequest> requests, Need need) {
    return requests.stream()
        .map(request -> request.quantity().measure())
        .anyMatch(measure -> measure instanceof OfClasses && measure.need() == need);
  }

  /** Loss and accuracy, and in the same pass the classes where they are wanted. */
  private RiskValue[] value(
      List<QuantityRequest> requests, Need need, EmpiricalRisk risk, Tensor[] views) {
    if (!counts(requests, need)) {
      return risk.value(views);
    }
    ClassCounts[] counts = new ClassCounts[state.replicas()];
    classes.put(need, counts);
    return risk.value(views, counts);
  }

  private ResidentData resident(Arena arena, SampleSource source) {
    return new ResidentData(source, state.network(), state.loss(), state.dtype(), arena);
  }

  private EmpiricalRisk risk(
      Arena arena, ResidentData data, int replicas, Backward backward, BatchStatistics statistics) {
    return new EmpiricalRisk(data, arena, new RiskOptions(replicas, 0, backward, statistics))
        .stoppedBy(stop);
  }

  private static double gradientSeconds(EmpiricalRisk risk, Tensor[] theta, Tensor[] gradient) {
    double first = seconds(() -> risk.gradient(theta, gradient));
    if (first > LONG_SECONDS) {
      return first;
    }
    double total = 0;
    double fell = 0;
    double standing = Double.POSITIVE_INFINITY;
    double least = Double.POSITIVE_INFINITY;
    while (total < LEAST_SECONDS || total < Math.min(2 * fell, SECONDS)) {
      double pass = seconds(() -> risk.gradient(theta, gradient));
      total += pass;
      if (pass < (1 - SHORTER) * standing) {
        standing = pass;
        fell = total;
      }
      least = Math.min(least, pass);
    }
    return least;
  }

  /** Cost for each replica. */
  private Cost timed(Runnable pass) {
    return new Cost(seconds(pass) / state.replicas(), 0);
  }

  private static double seconds(Runnable pass) {
    long begin = System.nanoTime();
    pass.run();
    return (System.nanoTime() - begin) * 1e-9;
  }

  /** Seconds of one gradient pass of one replica over the training data. */
  double gradientSeconds() {
    return gradientSeconds;
  }

  /** Puts what was computed for one replica into a point. */
  Point point(int replica, Point point) {
    if (noise != null) {
      point.withNoise(noise[replica], trainCost);
    } else if (train != null) {
      point.withTrain(train[replica], trainCost);
    }
    heldOut.forEach(
        (which, values) -> point.withHeldOut(which, values[replica], heldOutCosts.get(which)));
    classes.forEach((need, counts) -> point.withClasses(need, counts[replica], classesCost(need)));
    return point;
  }

  private Cost classesCost(Need need) {
    return classesCosts.getOrDefault(need, need == Need.VALUE ? trainCost : heldOutCosts.get(need));
  }
}
