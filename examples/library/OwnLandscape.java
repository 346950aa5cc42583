import org.noisescape.dynamics.EnsembleListener;
import org.noisescape.dynamics.EnsembleSchedule;
import org.noisescape.dynamics.LandscapePlan;
import org.noisescape.dynamics.ReplicaEnsemble;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.dynamics.landscape.DiagonalNoise;
import org.noisescape.dynamics.landscape.Landscape;
import org.noisescape.dynamics.statistics.CensoredTimes;
import org.noisescape.dynamics.statistics.MeanPassageTime;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.theory.passage.Diffusion;
import org.noisescape.theory.passage.FirstPassage;

/** L(θ) = (θ² − 1)²/4: two wells, and between them a barrier of 1/4. */
record DoubleWell() implements Landscape {
  public int dimension() {
    return 1;
  }

  public double value(double[] theta) {
    return Math.pow(theta[0] * theta[0] - 1, 2) / 4;
  }

  public void gradient(double[] theta, double[] into) {
    into[0] = theta[0] * (theta[0] * theta[0] - 1);
  }

  public void hessian(double[] theta, double[] into) {
    into[0] = 3 * theta[0] * theta[0] - 1;
  }
}

void main() {
  double rate = 0.01;
  double temperature = 0.08;
  // u = ∇L + noise of variance 2T/η: the Langevin equation dθ = −∇L dt + √(2T) dW with t = ηk
  LandscapePlan plan =
      LandscapePlan.of(new DoubleWell(), DiagonalNoise.white(2 * temperature / rate))
          .learningRate(rate)
          .start(-1)
          .detecting(theta -> theta[0], 1) // of the position, beyond the barrier
          .seed(1)
          .replicas(400)
          .build();
  long steps = 200_000;
  try (ReplicaProgram program = plan.program(2)) {
    new ReplicaEnsemble(program, EnsembleSchedule.to(steps), EnsembleListener.SILENT).run();
    CensoredTimes times = CensoredTimes.until(program.state().firstPassages(0), steps);
    MeanPassageTime mean =
        MeanPassageTime.of(times, 0.95, RandomKey.of(1, Purpose.of("example.bootstrap"), 0));
    IO.println("%d of 400 have not passed".formatted(times.censored()));
    IO.println(
        "mean first-passage time %.1f ± %.1f"
            .formatted(rate * mean.value(), rate * mean.standardError()));
    Diffusion limit = Diffusion.additive(x -> x * (x * x - 1), 2 * temperature);
    double exact = FirstPassage.meanTime(limit, Double.NEGATIVE_INFINITY, -1, 1).value();
    IO.println("of the Langevin equation, by quadrature: %.1f".formatted(exact));
  }
}
