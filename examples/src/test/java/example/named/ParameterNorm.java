package example.named;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.noisescape.tensor.Tensor;
import org.noisescape.train.Probe;
import org.noisescape.train.ProbeProvider;

/** {@code parameter-norm}: ‖θ‖. */
public final class ParameterNorm implements ProbeProvider, Probe {
  @Override
  public String usage() {
    return "parameter-norm";
  }

  @Override
  public String description() {
    return "the norm of theta";
  }

  @Override
  public Probe.Factory probe(int k) {
    return site -> this;
  }

  @Override
  public List<Map<String, Double>> measure(Tensor theta, Tensor[] views) {
    List<Map<String, Double>> all = new ArrayList<>();
    for (int r = 0; r < theta.dim(0); r++) {
      double squares = 0;
      for (double entry : theta.engine().memory().readDoubles(theta.rows(r, 1))) {
        squares += entry * entry;
      }
      all.add(Map.of("parameter_norm", Math.sqrt(squares)));
    }
    return all;
  }
}
