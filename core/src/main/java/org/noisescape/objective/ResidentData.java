package org.noisescape.objective;

import java.util.Arrays;
import org.noisescape.loss.Loss;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Finite;
import org.noisescape.tensor.Memory;
import org.noisescape.tensor.Sizes;
import org.noisescape.tensor.Tensor;

/**
 * A data set in engine memory, in the order a network reads it.
 *
 * <p>Shapes: features (M, D), channels-last for networks that take images; targets (M, K), prepared
 * for the loss.
 */
public final class ResidentData {
  private static final int CHUNK = 1024;

  /** Numbers that pass through the heap at once, or those of one sample. */
  private static final int LOADED = 1 << 24;

  /** Samples like others, which are written over and over. */
  private record Room(SampleSource all, int size) implements DerivedSamples {}

  private final SampleSource source;
  private final Network network;
  private final Loss loss;
  private final Tensor features;
  private final Tensor targets;

  /**
   * Reserves the memory; the samples are loaded when the arena is committed.
   *
   * @param source M samples
   * @param network which reads them
   * @param loss which the targets are prepared for
   * @param dtype element type of the samples, and of passes over them
   * @param arena where memory is reserved
   */
  public ResidentData(SampleSource source, Network network, Loss loss, DType dtype, Arena arena) {
    if (source.size() < 1) {
      throw new IllegalArgumentException("the data set is empty");
    }
    if (source.outputs() != network.outputSize()) {
      throw new IllegalArgumentException(
          "model '%s' has %d outputs, the targets %d entries"
              .formatted(network.name(), network.outputSize(), source.outputs()));
    }
    int[] image = source.imageShape();
    if (Sizes.saturated(image[0], image[1], image[2]) != network.inputSize()) {
      throw new IllegalArgumentException(
          "model '%s' takes %d features, the data have %s"
              .formatted(network.name(), network.inputSize(), Tensor.describe(image)));
    }
    this.source = source;
    this.network = network;
    this.loss = loss;
    this.features = arena.reserve(dtype, source.size(), network.inputSize());
    this.targets = arena.reserve(dtype, source.size(), network.outputSize());
    arena.onCommit(this::load);
  }

  private ResidentData(
      SampleSource source, Network network, Loss loss, Tensor features, Tensor targets) {
    this.source = source;
    this.network = network;
    this.loss = loss;
    this.features = features;
    this.targets = targets;
  }

  /**
   * Room for B samples, which {@link #take} fills from engine memory, as often as needed: a
   * mini-batch as a data set.
   *
   * @param batch B
   */
  public ResidentData room(int batch, Arena arena) {
    return new ResidentData(
        new Room(source, batch),
        network,
        loss,
        arena.reserve(dtype(), batch, network.inputSize()),
        arena.reserve(dtype(), batch, network.outputSize()));
  }

  /**
   * Takes other samples.
   *
   * @param x features (1, M, D), as the network reads them
   * @param y targets (1, M, K), as the loss does
   */
  public void take(Tensor x, Tensor y) {
    Memory memory = features.engine().memory();
    memory.copy(x.reshape(features.shape()), features);
    memory.copy(y.reshape(targets.shape()), targets);
  }

  private void load() {
    Memory memory = features.engine().memory();
    int width = features.dim(1);
    int outputs = targets.dim(1);
    int chunk = Math.clamp(LOADED / Math.max(width, outputs), 1, CHUNK);
    for (int first = 0; first < source.size(); first += chunk) {
      int count = Math.min(chunk, source.size() - first);
      float[] x = new float[count * width];
      source.copyFeatures(first, count, x);
      assert Finite.all("features of the samples from " + first + " on", x);
      memory.write(features.rows(first, count), network.takesImages() ? channelsLast(x) : x, 0);
      float[] y = new float[count * outputs];
      source.copyTargets(first, count, y);
      double[] prepared = new double[y.length];
      Arrays.setAll(prepared, i -> y[i]);
      loss.prepareTargets(prepared, outputs);
      assert Finite.all("targets of the samples from " + first + " on", prepared);
      memory.write(targets.rows(first, count), prepared);
    }
  }

  /** Where the samples come from. */
  public SampleSource source() {
    return source;
  }

  /** The network that reads them. */
  public Network network() {
    return network;
  }

  /** The loss that the targets are prepared for. */
  public Loss loss() {
    return loss;
  }

  /** Element type. */
  public DType dtype() {
    return features.dtype();
  }

  /** Number of samples M. */
  public int size() {
    return source.size();
  }

  /** Features (M, D). */
  public Tensor features() {
    return features;
  }

  /** Targets (M, K). */
  public Tensor targets() {
    return targets;
  }

  private float[] channelsLast(float[] planar) {
    int[] image = source.imageShape();
    int channels = image[0];
    int pixels = image[1] * image[2];
    if (channels == 1) {
      return planar;
    }
    float[] interleaved = new float[planar.length];
    for (int base = 0; base < planar.length; base += channels * pixels) {
      for (int c = 0; c < channels; c++) {
        for (int p = 0; p < pixels; p++) {
          interleaved[base + p * channels + c] = planar[base + c * pixels + p];
        }
      }
    }
    return interleaved;
  }
}
