package org.noisescape.cuda.engine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.noisescape.nn.BatchStatistics;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.tensor.Activation;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.AveragePoolPlan;
import org.noisescape.tensor.Convolution;
import org.noisescape.tensor.ConvolutionGeometry;
import org.noisescape.tensor.ConvolutionPlan;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.MaxPoolPlan;

/** The convolutions that the architectures of the zoo ask an engine for. */
final class ZooConvolutions {
  /** Grey and coloured pictures of the data sets. */
  private static final List<int[]> IMAGES = List.of(new int[] {1, 28, 28}, new int[] {3, 32, 32});

  private static final int CLASSES = 10;

  private ZooConvolutions() {}

  /** Sizes of all of them, each once. */
  static Set<ConvolutionGeometry> geometries() {
    Set<ConvolutionGeometry> found = new LinkedHashSet<>();
    for (int[] image : IMAGES) {
      for (String name : ModelZoo.names()) {
        if (takes(name, image)) {
          Network network = ModelZoo.build(name, image, CLASSES);
          try (Listening engine = new Listening(found)) {
            network.bind(
                engine.arena(),
                DType.FLOAT32,
                1,
                2,
                Network.Backward.KEPT,
                BatchStatistics.ofBatch());
          }
        }
      }
    }
    return found;
  }

  /** Not where the pictures are too small, nor where a name alone says no architecture. */
  private static boolean takes(String name, int[] image) {
    try {
      ModelZoo.build(name, image, CLASSES);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Notes what it is asked to plan, and computes nothing. */
  private static final class Listening extends Engine {
    Listening(Set<ConvolutionGeometry> found) {
      super(
          new Families(
              null,
              null,
              new Notes(found),
              (dtype, replicas, rows, channels, sharing, epsilon, arena) ->
                  new MuteNormalization(dtype, replicas, rows, channels, sharing, epsilon),
              null,
              null,
              null,
              null,
              null,
              null));
    }

    @Override
    public String name() {
      return "listening";
    }

    @Override
    public String description() {
      return name();
    }

    @Override
    public Arena arena() {
      return new Arena(this) {
        @Override
        protected void allocate() {}

        @Override
        protected void release() {}
      };
    }

    @Override
    public long availableMemory(long heapGrowth) {
      return Long.MAX_VALUE;
    }

    @Override
    public void close() {}
  }

  private record Notes(Set<ConvolutionGeometry> found) implements Convolution {
    @Override
    public ConvolutionPlan plan(
        ConvolutionGeometry geometry,
        Activation activation,
        DType dtype,
        int replicas,
        int samples,
        Arena arena) {
      found.add(geometry);
      return null;
    }

    @Override
    public MaxPoolPlan maxPool(
        ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena) {
      return null;
    }

    @Override
    public AveragePoolPlan averagePool(
        ConvolutionGeometry geometry, DType dtype, int replicas, int samples, Arena arena) {
      return null;
    }
  }
}
