package org.noisescape.objective;

import java.util.Arrays;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.BoundNetwork;
import org.noisescape.nn.Network;
import org.noisescape.nn.Network.Backward;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;

/**
 * Running statistics of batch normalisations taken anew at one θ: means over mini-batches of their
 * means and unbiased variances, in training mode.
 *
 * <p>Source: PyTorch's {@code torch.optim.swa_utils.update_bn}, which sets the statistics to zero
 * and passes the data once with a cumulative mean. Mini-batches are those of the data in their
 * order; the N mod B last samples sit out. Cost: a forward pass over the data.
 */
public final class BatchStatisticsPass {
  private BatchStatisticsPass() {}

  /**
   * The statistics at θ.
   *
   * @param data N samples of the training
   * @param arena where memory is reserved; committed here
   * @param batch B, at most N
   * @param replicas R
   * @param theta (R, P)
   * @return (R, Q)
   * @throws IllegalArgumentException where the network has no batch normalisation
   */
  public static double[] of(
      ResidentData data, Arena arena, int batch, int replicas, double[] theta) {
    Network network = data.network();
    if (network.runningStatisticsCount() == 0) {
      throw new IllegalArgumentException(
          "model %s has no batch normalisation whose statistics could be taken anew"
              .formatted(network.name()));
    }
    if (batch > data.size()) {
      throw new IllegalArgumentException(
          "the batch %d is larger than the %d samples".formatted(batch, data.size()));
    }
    Engine engine = arena.engine();
    Tensor running = network.reserveRunningStatistics(arena, replicas);
    BoundNetwork bound =
        network.bind(
            arena, data.dtype(), replicas, batch, Backward.NO, BatchStatistics.tracked(running));
    Tensor parameters = arena.reserve(data.dtype(), replicas, network.parameterCount());
    Tensor indices = arena.reserve(DType.INT32, replicas, batch);
    arena.commit();
    engine.memory().write(parameters, theta);
    Tensor[] views = network.view(parameters);
    int[] rows = new int[replicas * batch];
    double[] sum = new double[Math.toIntExact(running.size())];
    double[] kept = sum;
    int batches = data.size() / batch;
    for (int b = 0; b < batches; b++) {
      int first = b * batch;
      Arrays.setAll(rows, i -> first + i % batch);
      engine.memory().write(indices, rows);
      engine.indexing().gather(data.features(), indices, bound.input());
      if (b == 0) {
        // from ones and from zeros the statistics move by the same: what a step keeps is between
        kept = moved(engine, running, 1, bound, views);
      }
      double[] newest = moved(engine, running, 0, bound, views);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += newest[i];
        kept[i] -= b == 0 ? newest[i] : 0;
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= batches * (1 - kept[i]);
    }
    return sum;
  }

  /** Running statistics after one batch, from a value everywhere. */
  private static double[] moved(
      Engine engine, Tensor running, double from, BoundNetwork bound, Tensor[] views) {
    engine.memory().fill(running, from);
    bound.layer().forward(views);
    return engine.memory().readDoubles(running);
  }
}
