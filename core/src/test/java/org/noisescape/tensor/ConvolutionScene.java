package org.noisescape.tensor;

import java.util.List;

/** Tensors and values of one convolution. */
final class ConvolutionScene {
  static final ConvolutionGeometry[] GEOMETRIES = {
    new ConvolutionGeometry(5, 7, 3, 4, 1, 1, 1, 0),
    new ConvolutionGeometry(1, 1, 3, 10, 1, 1, 1, 0),
    new ConvolutionGeometry(5, 7, 3, 17, 3, 3, 1, 1),
    new ConvolutionGeometry(9, 6, 1, 10, 5, 5, 1, 0),
    new ConvolutionGeometry(7, 8, 17, 1, 3, 3, 2, 1),
    new ConvolutionGeometry(6, 6, 2, 3, 3, 3, 2, 0),
    new ConvolutionGeometry(9, 5, 1, 1, 3, 2, 2, 0),
    new ConvolutionGeometry(5, 6, 17, 10, 1, 1, 2, 0),
    new ConvolutionGeometry(4, 4, 3, 5, 4, 4, 1, 0),
    new ConvolutionGeometry(3, 4, 2, 3, 5, 5, 1, 2),
    new ConvolutionGeometry(6, 5, 16, 32, 3, 3, 1, 1),
    // rows of outputs that fill a vector, and do not
    new ConvolutionGeometry(5, 12, 1, 10, 5, 5, 1, 0),
    new ConvolutionGeometry(4, 11, 3, 16, 3, 2, 1, 1),
  };

  private static final List<Activation> ACTIVATIONS = List.of(Activation.values());

  final EngineContract.Subject subject;
  final Workbench bench;
  final ConvolutionOracle oracle;
  final ConvolutionPlan plan;
  final double[] x;
  final double[] w;
  final double[] b;
  final double[] yBar;

  ConvolutionScene(
      EngineContract.Subject subject,
      Workbench bench,
      int replicas,
      int index,
      int samples,
      Activation act) {
    ConvolutionGeometry geometry = GEOMETRIES[index];
    this.subject = subject;
    this.bench = bench;
    this.oracle = new ConvolutionOracle(geometry, replicas, samples);
    Arena arena = subject.engine().arena();
    this.plan =
        subject
            .engine()
            .convolution()
            .plan(geometry, act, subject.dtype(), replicas, samples, arena);
    bench.own(arena.commit());
    this.x = Workbench.normals(1, replicas * samples * oracle.inputSize());
    this.w = Workbench.normals(2, replicas * (int) geometry.weightSize());
    this.b = Workbench.normals(3, replicas * geometry.outputChannels());
    this.yBar = Workbench.normals(4, replicas * samples * oracle.outputSize());
  }

  Tensor images(double[] values, int size) {
    return bench.input(subject.dtype(), values, oracle.replicas(), oracle.samples(), size);
  }

  Tensor output(int... inner) {
    int[] shape = new int[inner.length + 1];
    shape[0] = oracle.replicas();
    System.arraycopy(inner, 0, shape, 1, inner.length);
    return bench.output(subject.dtype(), shape);
  }

  Tensor x() {
    return images(x, oracle.inputSize());
  }

  Tensor yBar() {
    return images(yBar, oracle.outputSize());
  }

  Tensor w() {
    return bench.input(subject.dtype(), w, oracle.replicas(), w.length / oracle.replicas());
  }

  Tensor b() {
    return bench.input(subject.dtype(), b, oracle.replicas(), b.length / oracle.replicas());
  }

  void check(String what, Tensor actual, Tolerance.Expected expected) {
    String where = "%s, N = %d, %s".formatted(what, oracle.samples(), oracle.geometry());
    Tolerance.check(where, bench.read(actual), expected, subject.dtype());
  }

  /** A claim about one convolution. */
  interface SceneCheck {
    void run(ConvolutionScene scene);
  }

  /** Runs a claim for every geometry, number of replicas and layout. */
  static void everyGeometry(EngineContract.Subject subject, SceneCheck check) {
    EngineContract.everywhere(
        subject,
        (bench, replicas) -> {
          for (int index = 0; index < GEOMETRIES.length; index++) {
            int samples = (index + replicas) % 2 == 0 ? 1 : 3;
            Activation activation = ACTIVATIONS.get((index + replicas) % ACTIVATIONS.size());
            check.run(new ConvolutionScene(subject, bench, replicas, index, samples, activation));
          }
        });
  }
}
