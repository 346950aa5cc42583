package org.noisescape.engine.nd4j;

import java.util.function.IntToDoubleFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.noisescape.random.Permutation;
import org.noisescape.random.RandomKey;
import org.noisescape.tensor.RandomFill;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;

/** Draws in Java, float64, then copied in. */
final class Nd4jRandomFill extends RandomFill {
  private static final double WORD = 0x1p-32;

  @Override
  protected void computeNormal(Tensor x, Tensor w, Tensor sigma, Tensor keys, Tensor step) {
    if (x.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          int replicas = x.dim(0);
          int columns = x.dim(1);
          double[] normals = normals(keys(keys), counter(step), columns);
          INDArray noise = Nd4j.createFromArray(normals).reshape('c', replicas, columns);
          noise.muli(Views.of(sigma, replicas, 1));
          INDArray scaled = noise.castTo(Views.type(x.dtype()));
          if (w != null) {
            scaled.muli(Transforms.abs(Views.of(w), true));
          }
          Views.of(x).addi(scaled);
        });
  }

  @Override
  protected void computeRademacher(Tensor x, Tensor keys, Tensor step) {
    eachWord(x, keys, step, word -> word % 2 == 0 ? 1 : -1);
  }

  @Override
  protected void computeDropoutMask(Tensor mask, double probability, Tensor keys, Tensor step) {
    double below = probability * 0x1p32;
    double scale = 1 / (1 - probability);
    eachWord(mask, keys, step, word -> Integer.toUnsignedLong(word) < below ? 0 : scale);
  }

  /** x ← a function of the elements' words. */
  private static void eachWord(Tensor x, Tensor keys, Tensor step, IntToDoubleFunction value) {
    if (x.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          int columns = x.dim(1);
          long counter = counter(step);
          double[] values = new double[x.dim(0) * columns];
          int[] words = new int[4];
          int next = 0;
          for (RandomKey key : keys(keys)) {
            for (int i = 0; i < columns; i++) {
              if (i % 4 == 0) {
                key.words(counter, i / 4, words);
              }
              values[next++] = value.applyAsDouble(words[i % 4]);
            }
          }
          INDArray view = Views.of(x);
          view.assign(Nd4j.createFromArray(values).reshape('c', view.shape()));
        });
  }

  @Override
  protected void computeFlips(Tensor targets, Tensor probability, Tensor keys, Tensor step) {
    if (targets.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          int samples = targets.dim(1);
          int classes = targets.dim(2);
          double[] values = Views.doubles(targets);
          double[] below = Views.doubles(probability);
          long counter = counter(step);
          int[] words = new int[4];
          RandomKey[] all = keys(keys);
          for (int r = 0; r < all.length; r++) {
            for (int n = 0; n < samples; n++) {
              all[r].words(counter, n / 2, words);
              if (unsigned(words[n % 2 * 2]) < below[r] * 0x1p32) {
                flip(values, (r * samples + n) * classes, classes, words[n % 2 * 2 + 1]);
              }
            }
          }
          INDArray view = Views.of(targets);
          view.assign(Nd4j.createFromArray(values).reshape('c', view.shape()));
        });
  }

  private static void flip(double[] targets, int row, int classes, int word) {
    if (classes == 1) {
      targets[row] = -targets[row];
      return;
    }
    int label = 0;
    for (int k = 1; k < classes; k++) {
      if (targets[row + k] > targets[row + label]) {
        label = k;
      }
    }
    int shift = 1 + (int) ((classes - 1) * unsigned(word) >>> 32);
    int other = row + (label + shift) % classes;
    double kept = targets[row + label];
    targets[row + label] = targets[other];
    targets[other] = kept;
  }

  @Override
  protected void computeDraws(Tensor indices, int size, Tensor keys, Tensor step) {
    if (indices.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          int batch = indices.dim(1);
          long counter = counter(step);
          int[] drawn = new int[indices.dim(0) * batch];
          int[] words = new int[4];
          int next = 0;
          for (RandomKey key : keys(keys)) {
            for (int i = 0; i < batch; i++) {
              if (i % 4 == 0) {
                key.words(counter, i / 4, words);
              }
              drawn[next++] = (int) ((size * unsigned(words[i % 4])) >>> 32);
            }
          }
          store(drawn, indices);
        });
  }

  @Override
  protected void computePermutation(Tensor indices, int size, Tensor keys, Tensor step) {
    if (indices.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          int batch = indices.dim(1);
          long counter = counter(step);
          int batches = size / batch;
          long epoch = Long.divideUnsigned(counter, batches);
          int first = (int) Long.remainderUnsigned(counter, batches) * batch;
          int[] chosen = new int[indices.dim(0) * batch];
          Permutation permutation = new Permutation(size);
          int next = 0;
          for (RandomKey key : keys(keys)) {
            permutation.select(key, epoch);
            for (int i = 0; i < batch; i++) {
              chosen[next++] = permutation.apply(first + i);
            }
          }
          store(chosen, indices);
        });
  }

  @Override
  protected void computeViews(
      Tensor views,
      ViewGeometry geometry,
      Tensor samples,
      int stepsPerEpoch,
      Tensor keys,
      Tensor step) {
    if (views.size() == 0) {
      return;
    }
    Scratch.during(
        () -> {
          long epoch = Long.divideUnsigned(counter(step), stepsPerEpoch);
          int[] shown = Views.ints(samples);
          int[] drawn = new int[shown.length * ViewGeometry.NUMBERS];
          RandomKey[] all = keys(keys);
          int[] words = new int[4];
          for (int i = 0; i < drawn.length; i++) {
            int sample = i / ViewGeometry.NUMBERS;
            int number = i % ViewGeometry.NUMBERS;
            RandomKey key = all[sample / samples.dim(1)];
            key.words(epoch, unsigned(shown[sample]) | (long) (number / 4) << 32, words);
            drawn[i] = (int) (geometry.bound(number) * unsigned(words[number % 4]) >>> 32);
          }
          store(drawn, views);
        });
  }

  @Override
  protected void computeAdvance(Tensor step) {
    Scratch.during(
        () -> {
          long next = counter(step) + 1;
          store(new int[] {(int) next, (int) (next >>> 32)}, step);
        });
  }

  private static double[] normals(RandomKey[] keys, long counter, int columns) {
    double[] normals = new double[keys.length * columns];
    int[] words = new int[4];
    for (int r = 0; r < keys.length; r++) {
      for (int i = 0; i < columns; i += 2) {
        if (i % 4 == 0) {
          keys[r].words(counter, i / 4, words);
        }
        double radius = Math.sqrt(-2 * Math.log(uniform(words[i % 4])));
        double angle = 2 * Math.PI * uniform(words[i % 4 + 1]);
        normals[r * columns + i] = radius * Math.cos(angle);
        if (i + 1 < columns) {
          normals[r * columns + i + 1] = radius * Math.sin(angle);
        }
      }
    }
    return normals;
  }

  private static void store(int[] values, Tensor target) {
    INDArray view = Views.of(target);
    view.assign(Nd4j.createFromArray(values).reshape('c', view.shape()));
  }

  private static RandomKey[] keys(Tensor keys) {
    int[] words = Views.ints(keys);
    RandomKey[] result = new RandomKey[words.length / 2];
    for (int r = 0; r < result.length; r++) {
      result[r] = new RandomKey(unsigned(words[2 * r]) | ((long) words[2 * r + 1] << 32));
    }
    return result;
  }

  private static long counter(Tensor step) {
    int[] words = Views.ints(step);
    return unsigned(words[0]) | ((long) words[1] << 32);
  }

  private static double uniform(int word) {
    return (unsigned(word) + 0.5) * WORD;
  }

  private static long unsigned(int word) {
    return word & 0xFFFFFFFFL;
  }
}
