package org.noisescape.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.noisescape.curvature.Curvature;
import org.noisescape.curvature.CurvatureOptions;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.linop.LinearOperator;
import org.noisescape.nn.Network;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.SampleSource;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;

/**
 * Measures the noise of SGD and the curvature of the loss while DL4J trains: {@code
 * net.setListeners(new NoiseListener(samples, ListenerSettings.every(100)))}.
 *
 * <p>Every so many iterations the parameters are copied and measured on the {@code host} engine,
 * over all of the listener's samples; DL4J's training is not touched. Loss, gradient and noise cost
 * about two passes over the samples, eigenvalues tens of them. Memory is taken at the first
 * measurement and kept until {@link #close}.
 */
public final class NoiseListener extends BaseTrainingListener implements AutoCloseable {
  private final SampleSource samples;
  private final ListenerSettings settings;
  private final Consumer<NoiseReading> told;
  private final List<NoiseReading> readings = new ArrayList<>();
  private Model measured;
  private Dl4jNetwork reading;
  private Network network;
  private Dl4jLoss loss;
  private Engine engine;
  private Curvature curvature;

  /**
   * Keeps what is measured, see {@link #readings}.
   *
   * @param samples what the loss is the mean over, perhaps {@link Dl4jData#samples} of an iterator
   */
  public NoiseListener(SampleSource samples, ListenerSettings settings) {
    this(samples, settings, reading -> {});
  }

  /** The same over the samples of an iterator, which are read now. */
  public NoiseListener(DataSetIterator samples, ListenerSettings settings) {
    this(Dl4jData.samples(samples), settings);
  }

  /**
   * Keeps what is measured and hands it on.
   *
   * @param told takes each measurement, in the thread that trains
   */
  public NoiseListener(
      SampleSource samples, ListenerSettings settings, Consumer<NoiseReading> told) {
    this.samples = samples;
    this.settings = settings;
    this.told = told;
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    if (iteration % settings.every() == 0) {
      NoiseReading now = measure(model, iteration, epoch);
      readings.add(now);
      told.accept(now);
    }
  }

  /** What was measured so far, in order. */
  public List<NoiseReading> readings() {
    return List.copyOf(readings);
  }

  /**
   * Measures at the parameters of this moment, without keeping it.
   *
   * @throws IllegalArgumentException in one line where network, loss or samples have no counterpart
   */
  public NoiseReading measure(Model model, int iteration, int epoch) {
    prepare(model);
    curvature.at(reading.parameters(network), reading.runningStatistics(network));
    GradientNoise noise = curvature.noise();
    double factor = loss.factor();
    double[] values = new double[0];
    double[] residuals = new double[0];
    boolean converged = true;
    if (settings.eigenvalues() > 0) {
      try (RitzPairs pairs = pairs()) {
        values = Arrays.stream(pairs.values()).map(value -> factor * value).toArray();
        residuals = Arrays.stream(pairs.residuals()).map(value -> factor * value).toArray();
        converged = pairs.allConverged();
      }
    }
    return new NoiseReading(
        iteration,
        epoch,
        factor * noise.value().loss(),
        noise.value().accuracy(),
        factor * Math.sqrt(noise.gradientNormSquared()),
        factor * factor * noise.noiseStrength(),
        factor * factor * noise.noiseStrengthStandardError(),
        noise.noiseScale(),
        values,
        residuals,
        converged);
  }

  private RitzPairs pairs() {
    LinearOperator hessian = curvature.hessian();
    int count = Math.min(settings.eigenvalues(), hessian.dimension());
    LanczosOptions search =
        LanczosOptions.of(hessian, count, End.LARGEST, settings.seed())
            .withTolerance(settings.residual());
    return Lanczos.solve(hessian, search.withProductsFrom(settings.products()));
  }

  @SuppressWarnings("ReferenceEquality") // networks are equal where all their parameters are
  private void prepare(Model model) {
    if (model == measured) {
      return;
    }
    close();
    Dl4jNetwork found = Dl4jNetwork.of(model);
    if (found.loss() == null) {
      throw new IllegalArgumentException(
          "DL4J's network has no loss: end it with an OutputLayer or a LossLayer");
    }
    SampleSource suited = found.suited(samples);
    loss = found.loss().require();
    network = found.network(suited.imageShape());
    DType dtype = settings.dtype() == null ? found.dtype() : settings.dtype();
    engine = Engines.open("host", settings.threads());
    curvature = Curvature.over(engine, network, loss.loss(), suited, CurvatureOptions.of(dtype));
    reading = found;
    measured = model;
  }

  /** Gives the memory back; another measurement takes it again. */
  @Override
  public void close() {
    if (curvature != null) {
      curvature.close();
    }
    if (engine != null) {
      engine.close();
    }
    curvature = null;
    engine = null;
    measured = null;
  }
}
