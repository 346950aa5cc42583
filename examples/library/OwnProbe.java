import org.noisescape.Trained;
import org.noisescape.Training;
import org.noisescape.datasets.DataRequest;
import org.noisescape.datasets.LoadedData;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.Interval;
import org.noisescape.train.Measurement;
import org.noisescape.train.Probe;

/** ‖θ − θ₀‖, how far each replica has gone from where it was first looked at. */
class Distance implements Probe {
  private double[] start;

  public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
    Engine engine = theta.engine();
    double[] now = engine.memory().readDoubles(theta);
    if (start == null) {
      start = now;
    }
    List<Map<String, Double>> all = new ArrayList<>();
    int size = theta.dim(1);
    for (int r = 0; r < theta.dim(0); r++) {
      double squares = 0;
      for (int i = r * size; i < (r + 1) * size; i++) {
        squares += Math.pow(now[i] - start[i], 2);
      }
      all.add(Map.of("distance", Math.sqrt(squares)));
    }
    return all;
  }
}

void main() {
  LoadedData data = DataRequest.of("digits").load();
  Trained trained =
      Training.of("mlp:20", data.train())
          .loss("ce")
          .learningRate(0.1)
          .batch(50)
          .epochs(2)
          .replicas(3)
          .measure(site -> new Distance(), Interval.parse("log2"))
          .run();
  for (Measurement line : trained.measurements()) {
    if (line.values().containsKey("distance")) {
      IO.println(
          "step %d, replica %d: %.4f"
              .formatted(line.step(), line.replica(), line.values().get("distance")));
    }
  }
}
