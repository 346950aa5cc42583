package org.noisescape.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.noisescape.benchmarks.records.MedianRange;
import org.noisescape.benchmarks.records.ScalingCurve;
import org.noisescape.benchmarks.records.ScalingCurve.Point;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.krylov.SpectralDensity;
import org.noisescape.krylov.SpectralDensityOptions;
import org.noisescape.loss.MeanSquare;
import org.noisescape.tensor.DType;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingSetup;

/** Memory against sizes: what is planned, which is what is taken. */
final class ScalingMemory {
  private static final String MODEL = "mlp:100,100";

  private final BenchSession session;
  private final boolean tiny;

  ScalingMemory(BenchSession session) {
    this.session = session;
    this.tiny = session.settings().size() == BenchSettings.Size.TINY;
  }

  void run() {
    int[] sizes = sizes(1000, 2000, 4000, 8000, 16_000);
    bytes(
        "N",
        "curvature with its state kept, " + MODEL,
        "state and data of N samples, some P",
        sizes,
        this::curvatureBytes);
    bytes(
        "R",
        "training of R replicas, " + MODEL,
        "θ, gradient and state (R, P), data once",
        sizes(1, 4, 16, 64),
        r -> trainingBytes(workload(tiny ? 2 : 100, tiny ? 20 : 2000), r));
    bytes(
        "B",
        "training, " + MODEL,
        "activations of B samples, data and some P",
        sizes(10, 100, 1000, 10_000),
        b -> trainingBytes(workload(b, tiny ? 20 : 10_000), 1));
    bytes(
        "steps",
        "density of H, one vector at a time, " + MODEL,
        "(steps + 1) P numbers",
        sizes(10, 20, 40, 80, 160),
        s ->
            SpectralDensity.bytes(
                workload(1, 1).network().parameterCount(),
                SpectralDensityOptions.defaults(1).with(2, s),
                DType.FLOAT32));
  }

  private long curvatureBytes(int samples) {
    Workload workload = workload(1, samples);
    CurvatureOptions options = CurvatureOptions.of(DType.FLOAT32).withBlock(1);
    try (Curvature planned =
        Curvature.plan(session.engine(), workload.network(), new MeanSquare(), workload, options)) {
      return planned.bytes();
    }
  }

  private long trainingBytes(Workload workload, int replicas) {
    TrainingPlan plan = workload.plan("momentum:0.9", 1).toBuilder().replicas(replicas).build();
    return TrainingSetup.of(plan, workload).bytes(session.engine());
  }

  private int[] sizes(int... usual) {
    return tiny ? new int[] {2, 4, 8} : usual;
  }

  private Workload workload(int batch, int samples) {
    return Workload.of(session.settings(), MODEL).with(batch, samples);
  }

  private void bytes(
      String size, String name, String formula, int[] sizes, IntToLongFunction bytes) {
    List<Point> points = new ArrayList<>();
    for (int one : sizes) {
      double megabytes = bytes.applyAsLong(one) * 0x1p-20;
      points.add(new Point(one, new MedianRange(megabytes, megabytes, megabytes)));
    }
    session.add(ScalingCurve.fitted(name, size, "MiB", formula, 1, points));
  }
}
