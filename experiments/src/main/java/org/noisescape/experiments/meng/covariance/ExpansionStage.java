package org.noisescape.experiments.meng.covariance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.experiments.frame.ExperimentRequest;
import org.noisescape.experiments.frame.StageResult;
import org.noisescape.linop.StopCheck;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.SampleHessians;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.TrainedModel;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Measures the expansion of the noise around a minimum from gradients and Hessians of single
 * samples, or reads what was measured.
 *
 * @param stage folder of the descent
 * @param kept folder of the results
 * @param request surroundings
 * @param layers names
 * @param count parameters of each layer that are looked at by themselves
 */
record ExpansionStage(
    Path stage, Path kept, ExperimentRequest request, List<String> layers, int count) {
  /** Of the largest gradient variance of a layer: parameters with less have no noise. */
  private static final double LEAST = 1e-6;

  /** Where D_j is measured, in units of √(σ_j/ρ_j). */
  private static final double[] SHIFTS = {-1, -0.75, -0.5, -0.25, 0.25, 0.5, 0.75, 1};

  NoiseExpansion measure(Minimum minimum) {
    return StageResult.of(
        kept.resolve("seed-%d.json".formatted(minimum.seed())),
        NoiseExpansion.class,
        request,
        "expansion at minimum " + minimum.seed(),
        () -> measureNow(minimum));
  }

  private NoiseExpansion measureNow(Minimum minimum) {
    TrainedModel model = request.model(RunDirectory.checkpointOf(stage, minimum.step()));
    double[] theta = model.state().theta(minimum.seed());
    List<LayerSlice> slices =
        LayerSlice.of(model.network()).stream().filter(s -> layers.contains(s.name())).toList();
    try (Engine engine = model.configuration().openEngine()) {
      LayerMoments moments = new LayerMoments(slices, theta.length);
      double[] along = new double[slices.size() * theta.length];
      for (int k = 0; k < slices.size(); k++) {
        LayerSlice slice = slices.get(k);
        int from = k * theta.length + slice.offset();
        Arrays.fill(along, from, from + slice.size(), 1);
      }
      each(engine, model, theta, along, moments::add);
      int[] chosen = chosen(minimum.seed(), slices, moments.gradientVariances());
      double[] units = new double[chosen.length * theta.length];
      for (int j = 0; j < chosen.length; j++) {
        units[j * theta.length + chosen[j]] = 1;
      }
      CoordinateMoments coordinates =
          new CoordinateMoments(chosen, theta.length, model.train().size());
      each(engine, model, theta, units, coordinates::add);
      return new NoiseExpansion(
          minimum.seed(),
          moments.layers(),
          alone(engine, model, theta, slices, chosen, coordinates));
    }
  }

  private void each(
      Engine engine, TrainedModel model, double[] theta, double[] along, SampleHessians.Sink sink) {
    StopCheck check = new StopCheck();
    check.when(request.stop());
    try (Arena arena = engine.arena()) {
      ResidentData data =
          new ResidentData(model.train(), model.network(), model.loss(), DType.FLOAT64, arena);
      SampleHessians samples =
          new SampleHessians(
                  data, arena, along.length / theta.length, model.state().evaluation(arena, 1))
              .stoppedBy(check);
      arena.commit();
      samples.each(theta, along, sink);
    }
  }

  /** So many parameters of each layer, at random among those with noise, in order. */
  private int[] chosen(int seed, List<LayerSlice> slices, double[] variances) {
    TreeSet<Integer> all = new TreeSet<>();
    for (int k = 0; k < slices.size(); k++) {
      LayerSlice slice = slices.get(k);
      List<Integer> noisy = new ArrayList<>();
      double most =
          Arrays.stream(variances, slice.offset(), slice.offset() + slice.size()).max().orElse(0);
      for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
        if (variances[i] > LEAST * most) {
          noisy.add(i);
        }
      }
      RandomStream random = RandomKey.of(request.seed(), Purpose.ESTIMATOR, seed).stream(k);
      for (int c = 0; c < count && !noisy.isEmpty(); c++) {
        all.add(noisy.remove(random.nextInt(noisy.size())));
      }
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Each chosen parameter shifted by itself. */
  private List<CoordinateNoise> alone(
      Engine engine,
      TrainedModel model,
      double[] theta,
      List<LayerSlice> slices,
      int[] chosen,
      CoordinateMoments moments) {
    List<CoordinateNoise> found = new ArrayList<>();
    CurvatureOptions options = CurvatureOptions.of(DType.FLOAT64).withBlock(1);
    try (Curvature curvature =
            Curvature.over(engine, model.network(), model.loss(), model.train(), options);
        Arena arena = engine.arena()) {
      curvature.stop().when(request.stop());
      Tensor unit = arena.reserve(DType.FLOAT64, 1, theta.length);
      arena.commit();
      for (int j = 0; j < chosen.length; j++) {
        if (!(moments.curvatureVariance(j) > 0)) {
          continue;
        }
        int at = chosen[j];
        double[] direction = new double[theta.length];
        direction[at] = 1;
        engine.memory().write(unit, direction);
        double scale = CoordinateNoise.unit(moments.variance(j), moments.curvatureVariance(j));
        double[] measured = new double[SHIFTS.length];
        for (int s = 0; s < SHIFTS.length; s++) {
          double[] moved = theta.clone();
          moved[at] += SHIFTS[s] * scale;
          curvature.at(moved);
          measured[s] = CoordinateMoments.variance(curvature.sampleProjections(unit)[0]);
        }
        String layer =
            slices.stream()
                .filter(s -> at >= s.offset() && at < s.offset() + s.size())
                .findFirst()
                .orElseThrow()
                .name();
        found.add(moments.coordinate(j, layer, SHIFTS, measured));
      }
    }
    return found;
  }
}
