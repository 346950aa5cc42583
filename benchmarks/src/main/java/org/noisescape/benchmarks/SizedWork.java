package org.noisescape.benchmarks;

import java.util.List;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.dynamics.NetworkPlan;
import org.noisescape.dynamics.ReplicaProgram;
import org.noisescape.krylov.SpectralDensity;
import org.noisescape.krylov.SpectralDensityOptions;
import org.noisescape.linop.LinearOperator;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Initialization;
import org.noisescape.nn.Network;
import org.noisescape.objective.EmpiricalRisk;
import org.noisescape.objective.ResidentData;
import org.noisescape.objective.RiskOptions;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/** Work whose cost is asked for at several sizes. */
abstract class SizedWork implements AutoCloseable {
  /** Milliseconds of the work once. */
  abstract double milliseconds();

  @Override
  public abstract void close();

  /** A gradient pass over all samples, with the norms of per-sample gradients or without. */
  static SizedWork pass(BenchSession session, Workload workload, boolean norms) {
    Engine engine = session.engine();
    Network network = workload.network();
    Arena arena = engine.arena();
    ResidentData data = new ResidentData(workload, network, new MeanSquare(), DType.FLOAT32, arena);
    EmpiricalRisk risk = new EmpiricalRisk(data, arena, RiskOptions.gradients());
    Tensor theta = arena.reserve(DType.FLOAT32, 1, network.parameterCount());
    Tensor thetaBar = arena.reserve(DType.FLOAT32, 1, network.parameterCount());
    arena.commit();
    engine.memory().write(theta, network.initialParameters(Initialization.GLOROT, 1, 0));
    Tensor[] views = network.view(theta);
    Tensor[] bars = network.view(thetaBar);
    Runnable work =
        norms ? () -> risk.noise(views, bars, thetaBar) : () -> risk.gradient(views, bars);
    return of(session, work, arena);
  }

  /** A product with H, the state kept. */
  static SizedWork product(BenchSession session, Workload workload) {
    Curvature curvature = curvature(session, workload);
    LinearOperator hessian = curvature.hessian();
    Arena arena = session.engine().arena();
    Tensor x = arena.reserve(DType.FLOAT32, 1, hessian.dimension());
    Tensor y = arena.reserve(DType.FLOAT32, 1, hessian.dimension());
    arena.commit();
    session
        .engine()
        .memory()
        .write(x, workload.network().initialParameters(Initialization.GLOROT, 2, 0));
    return of(
        session,
        () -> hessian.apply(x, y),
        () -> {
          arena.close();
          curvature.close();
        });
  }

  /** The spectral density of H from two vectors of so many steps. */
  static SizedWork density(BenchSession session, Workload workload, int steps) {
    Curvature curvature = curvature(session, workload);
    LinearOperator hessian = curvature.hessian();
    SpectralDensityOptions options = SpectralDensityOptions.defaults(1).with(2, steps);
    return of(session, () -> SpectralDensity.estimate(hessian, options), curvature::close);
  }

  private static Curvature curvature(BenchSession session, Workload workload) {
    Network network = workload.network();
    CurvatureOptions options = CurvatureOptions.of(DType.FLOAT32).withBlock(1);
    return Curvature.over(session.engine(), network, new MeanSquare(), workload, options)
        .at(network.initialParameters(Initialization.GLOROT, 1, 0));
  }

  /** A training step. */
  static SizedWork step(Engine engine, Workload workload) {
    TimedTraining training = new TimedTraining(engine, workload, "sgd", List.of());
    return new SizedWork() {
      @Override
      double milliseconds() {
        return training.time(workload.steps());
      }

      @Override
      public void close() {
        training.close();
      }
    };
  }

  /** A step of so many replicas at once. */
  static SizedWork replicas(BenchSession session, Workload workload, int replicas) {
    ReplicaProgram program =
        NetworkPlan.of(workload.network(), new MeanSquare())
            .learningRate(0.001)
            .batch(workload.batch())
            .seed(1)
            .replicas(replicas)
            .build()
            .program(session.engine(), workload);
    int steps = workload.steps();
    return new SizedWork() {
      @Override
      double milliseconds() {
        return session.milliseconds(() -> program.advance(program.step() + steps)) / steps;
      }

      @Override
      public void close() {
        program.close();
      }
    };
  }

  /** What is held while the work is there. */
  @FunctionalInterface
  private interface Held extends AutoCloseable {
    @Override
    void close();
  }

  private static SizedWork of(BenchSession session, Runnable work, Held held) {
    return new SizedWork() {
      @Override
      double milliseconds() {
        return session.milliseconds(work);
      }

      @Override
      public void close() {
        held.close();
      }
    };
  }

  private static SizedWork of(BenchSession session, Runnable work, Arena arena) {
    return of(session, work, (Held) arena::close);
  }
}
