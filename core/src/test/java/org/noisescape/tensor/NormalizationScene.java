package org.noisescape.tensor;

/** Tensors and values of one normalisation. */
final class NormalizationScene {
  /** Rows and channels. */
  private static final int[][] SIZES = {
    {1, 3}, {2, 1}, {7, 8}, {12, 5}, {127, 13}, {33, 65}, {21, 64}, {1031, 1}, {1031, 3}
  };

  static final double EPSILON = 1e-5;

  /** Rounded operations of a rule beside its sums. */
  private static final int OPERATIONS = 20;

  final EngineContract.Subject subject;
  final Workbench bench;
  final int replicas;
  final int rows;
  final int channels;
  final NormalizationPlan plan;
  final double[] x;
  final double[] xDot;
  final double[] yBar;
  final double[] yBarDot;
  final double[] gamma;
  final double[] gammaDot;
  final double[] beta;
  final double[] betaDot;
  final double[] mean;
  final double[] variance;
  final Moments.Origin origin;
  private final Moments moments;

  private NormalizationScene(
      EngineContract.Subject subject,
      Workbench bench,
      int replicas,
      int index,
      Moments.Origin origin) {
    this.subject = subject;
    this.bench = bench;
    this.replicas = replicas;
    this.rows = SIZES[index][0];
    this.channels = SIZES[index][1];
    this.origin = origin;
    Arena arena = subject.engine().arena();
    this.plan =
        subject
            .engine()
            .normalization()
            .plan(subject.dtype(), replicas, rows, channels, EPSILON, arena);
    bench.own(arena.commit());
    int size = replicas * rows * channels;
    this.x = rows(size, index);
    this.xDot = Workbench.normals(2, size);
    this.yBar = Workbench.normals(3, size);
    this.yBarDot = Workbench.normals(4, size);
    this.gamma = Workbench.normals(5, replicas * channels);
    this.gammaDot = Workbench.normals(6, replicas * channels);
    this.beta = Workbench.normals(7, replicas * channels);
    this.betaDot = Workbench.normals(8, replicas * channels);
    this.mean = new double[replicas * channels];
    this.variance = new double[replicas * channels];
    double[] others = Workbench.normals(9, replicas * channels);
    for (int i = 0; i < mean.length; i++) {
      double[] own = NormalizationOracle.moments(channel(x, i));
      boolean fixed = origin == Moments.Origin.FIXED;
      mean[i] = fixed ? own[0] + 0.5 * others[i] : own[0];
      variance[i] = fixed ? own[1] + others[i] * others[i] : own[1];
    }
    this.moments =
        new Moments(
            bench.input(DType.FLOAT64, mean, replicas, channels),
            bench.input(DType.FLOAT64, variance, replicas, channels),
            origin);
  }

  /** Channels in turn: normals, a constant, 10⁴ with a spread of 1/4, small normals. */
  private double[] rows(int size, int index) {
    double[] values = Workbench.normals(1, size);
    for (int i = 0; i < size; i++) {
      double z = values[i];
      values[i] =
          switch ((i % channels + index) % 4) {
            case 0 -> z;
            case 1 -> 1234.5625;
            case 2 -> (float) (1e4 + 0.25 * z);
            default -> (float) (0.01 * z);
          };
    }
    return values;
  }

  /** The rows of channel i of all R C. */
  double[] channel(double[] values, int i) {
    double[] column = new double[rows];
    for (int m = 0; m < rows; m++) {
      column[m] = values[at(i, m)];
    }
    return column;
  }

  private int at(int i, int m) {
    return (i / channels * rows + m) * channels + i % channels;
  }

  private Dual[] column(double[] values, double[] dots, int i) {
    Dual[] column = new Dual[rows];
    for (int m = 0; m < rows; m++) {
      column[m] = Dual.of(values[at(i, m)], dots == null ? 0 : dots[at(i, m)]);
    }
    return column;
  }

  /** Channel i, with x moving or not. */
  NormalizationOracle oracle(int i, boolean moves) {
    return new NormalizationOracle(
        column(x, moves ? xDot : null, i),
        mean[i],
        variance[i],
        EPSILON,
        Dual.of(gamma[i], gammaDot[i]),
        origin == Moments.Origin.ROWS);
  }

  Dual[] yBar(int i) {
    return column(yBar, yBarDot, i);
  }

  Moments moments() {
    return moments;
  }

  Tensor matrix(double[] values) {
    return bench.input(subject.dtype(), values, replicas, rows, channels);
  }

  Tensor vector(double[] values) {
    return bench.input(subject.dtype(), values, replicas, channels);
  }

  /** A target of the shape of γ that holds values with ADD, else not-a-number. */
  Tensor target(Accumulation accumulation, double[] held) {
    return accumulation == Accumulation.ADD
        ? bench.inOut(subject.dtype(), held, replicas, channels)
        : bench.output(subject.dtype(), replicas, channels);
  }

  Tensor output() {
    return bench.output(subject.dtype(), replicas, rows, channels);
  }

  /** What an operation should give: values and their bounds. */
  final class Expected {
    final double[] values;
    private final double[] bounds;

    Expected(int size) {
      values = new double[size];
      bounds = new double[size];
    }

    /** float32 rounds terms but not sums; float64 also the differences x − μ. */
    void set(int index, double value, double near, double far) {
      values[index] = value;
      bounds[index] =
          Tolerance.sum(subject.dtype(), OPERATIONS, near)
              + Tolerance.sum(DType.FLOAT64, rows + OPERATIONS, far);
    }

    void value(int index, Dual dual) {
      set(index, dual.value(), dual.near(), dual.far());
    }

    void dot(int index, Dual dual) {
      set(index, dual.dot(), dual.dotNear(), dual.dotFar());
    }

    /** Adds what the target held. */
    Expected plus(Accumulation accumulation, double[] held) {
      for (int i = 0; accumulation == Accumulation.ADD && i < values.length; i++) {
        values[i] += held[i];
        bounds[i] += Tolerance.sum(subject.dtype(), 1, Math.abs(held[i]));
      }
      return this;
    }

    void check(String what, Tensor actual) {
      String where = "%s %s, M = %d, C = %d".formatted(what, origin, rows, channels);
      Tolerance.check(where, bench.read(actual), values, bounds);
    }
  }

  Expected expected(int size) {
    return new Expected(size);
  }

  Expected vectorExpected() {
    return new Expected(replicas * channels);
  }

  Expected matrixExpected() {
    return new Expected(x.length);
  }

  /** Values of the rows of channel i. */
  void values(Expected expected, int i, Dual[] column) {
    for (int m = 0; m < rows; m++) {
      expected.value(at(i, m), column[m]);
    }
  }

  /** Their tangents. */
  void dots(Expected expected, int i, Dual[] column) {
    for (int m = 0; m < rows; m++) {
      expected.dot(at(i, m), column[m]);
    }
  }

  /** A claim about one normalisation. */
  interface SceneCheck {
    void run(NormalizationScene scene);
  }

  /** Runs a claim for every size, number of replicas, layout and origin of moments. */
  static void everySize(EngineContract.Subject subject, SceneCheck check) {
    for (Moments.Origin origin : Moments.Origin.values()) {
      everySize(subject, origin, check);
    }
  }

  static void everySize(EngineContract.Subject subject, Moments.Origin origin, SceneCheck check) {
    EngineContract.everywhere(
        subject,
        (bench, replicas) -> {
          for (int index = 0; index < SIZES.length; index++) {
            check.run(new NormalizationScene(subject, bench, replicas, index, origin));
          }
        });
  }
}
