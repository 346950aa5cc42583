package org.noisescape.experiments.wei.valley;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.wei.valley.Bisection.Piece;
import org.noisescape.krylov.Estimate;
import org.noisescape.krylov.StoppingRule;
import org.noisescape.krylov.TraceEstimator;
import org.noisescape.linop.StoppedException;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.train.FullBatchDescent.Status;
import org.noisescape.train.TrainingState;

/**
 * The projected path of a run of SGD, epoch by epoch.
 *
 * <p>SGD is done once more, which is bit for bit what the training did and costs less than a few
 * projections; a state between two others is that many steps after the first. Source: Wei and
 * Schwab, section 2.1.1.
 */
final class PathWalk {
  private final String title;
  private final ProjectionSite site;
  private final PathStore store;
  private final PathRule rule;
  private final ExperimentRequest request;
  private int projections;

  /**
   * A walk that has not begun.
   *
   * @param title for progress and errors
   * @param site network and data
   * @param store what is there already, and is kept
   * @param rule how to project
   * @param request whose seed the traces have, and which hears of every projection and may stop it
   */
  PathWalk(
      String title,
      ProjectionSite site,
      PathStore store,
      PathRule rule,
      ExperimentRequest request) {
    this.title = title;
    this.site = site;
    this.store = store;
    this.rule = rule;
    this.request = request;
  }

  /** A state of SGD with its projection. */
  private record Station(TrainingState sgd, PathStore.Kept kept) {
    long step() {
      return sgd.step();
    }
  }

  /** Walks through all epochs of SGD, those that are not done yet. */
  List<PathEpoch> run(int epochs) {
    request.progress().started(title);
    int steps = site.stepsPerEpoch();
    List<PathEpoch> path = new ArrayList<>();
    Station[] last = new Station[1];
    for (int epoch = 0; epoch <= epochs; epoch++) {
      int here = epoch;
      long end = (long) epoch * steps;
      path.add(store.epoch(epoch, end, () -> walk(here, steps, last)));
      request.progress().progressed(epoch, epochs, projections + " projections");
    }
    request.progress().finished();
    return path;
  }

  /** Projects one epoch; the last station is where the one before ended, if that was just done. */
  private PathEpoch walk(int epoch, int steps, Station... last) {
    Station left = last[0];
    if (left == null) {
      long begin = (long) Math.max(0, epoch - 1) * steps;
      left = station(site.advance(site.beginning(), begin));
    }
    last[0] = epoch == 0 ? left : station(site.advance(left.sgd(), (long) epoch * steps));
    List<ProjectedPoint> points = new ArrayList<>();
    List<PathSegment> segments = new ArrayList<>();
    if (epoch == 0) {
      points.add(left.kept().point());
    } else {
      for (Piece<Station, PathSegment> piece : Bisection.path(left, last[0], new Valley())) {
        points.add(piece.right().kept().point());
        segments.add(piece.link());
      }
    }
    return new PathEpoch(epoch, points, segments, traces(epoch, last[0].kept()));
  }

  /** Segments between stations; one with an end that is no minimum is not halved. */
  private final class Valley implements Bisection.Ground<Station, PathSegment> {
    @Override
    public PathSegment link(Station left, Station right) {
      return store.segment(left.step(), right.step(), () -> segment(left.kept(), right.kept()));
    }

    @Override
    public boolean connected(PathSegment link) {
      return link.connected();
    }

    @Override
    public Optional<Station> between(Station left, Station right) {
      long gap = right.step() - left.step();
      boolean minima = left.kept().point().minimal() && right.kept().point().minimal();
      return gap < 2 || !minima
          ? Optional.empty()
          : Optional.of(station(site.advance(left.sgd(), left.step() + gap / 2)));
    }
  }

  private Station station(TrainingState sgd) {
    PathStore.Kept kept =
        store
            .find(sgd.step())
            .orElseGet(
                () -> {
                  PathStore.Kept made =
                      site.project(sgd, rule.threshold(), rule.most(), request.stop());
                  if (made.point().status() == Status.STOPPED) {
                    throw new StoppedException(
                        "%s: stopped at epoch %.4g".formatted(title, sgd.epoch()));
                  }
                  store.keep(made);
                  projections++;
                  return made;
                });
    return new Station(sgd, kept);
  }

  private PathSegment segment(PathStore.Kept left, PathStore.Kept right) {
    double[] from = left.theta();
    double[] to = right.theta();
    double[] at = new double[from.length];
    List<Double> losses = new ArrayList<>();
    for (int k = 1; k <= rule.points(); k++) {
      double share = (double) k / (rule.points() + 1);
      Arrays.setAll(at, i -> from[i] + share * (to[i] - from[i]));
      losses.add(site.loss(at));
    }
    boolean below = losses.stream().allMatch(loss -> loss < rule.lineThreshold());
    boolean minima = left.point().minimal() && right.point().minimal();
    return new PathSegment(
        left.point().step(),
        right.point().step(),
        ProjectionSite.distance(from, to),
        losses,
        below && minima);
  }

  /** With vectors of their own at every epoch, so that the errors are independent. */
  private List<PathTrace> traces(int epoch, PathStore.Kept kept) {
    if (epoch % rule.traceEvery() != 0 || kept.point().status() == Status.DIVERGED) {
      return List.of();
    }
    long key = RandomKey.of(request.seed(), Purpose.ESTIMATOR, epoch).value();
    Estimate trace =
        TraceEstimator.hutchinson(
            site.curvature(kept.theta()).hessian(), StoppingRule.fixed(rule.vectors()), key);
    return List.of(new PathTrace(epoch, trace.value(), trace.standardError(), rule.vectors()));
  }
}
