package org.noisescape.tensor;

/** Tensors and values of one normalisation. */
final class NormalizationScene {
  /** Rows and channels, and sets and groups where they are not those of batch normalisation. */
  private static final int[][] SIZES = {
    {1, 3},
    {2, 1},
    {7, 8},
    {12, 5},
    {127, 13},
    {33, 65},
    {21, 64},
    {1031, 1},
    {1031, 3},
    {6, 4, 3, 2},
    {3, 37, 3, 1},
    {5, 64, 5, 32},
    {28, 21, 4, 3},
    {9, 40, 3, 2},
    {35, 3, 35, 1},
    {24, 65, 2, 5},
    {1, 8, 1, 2},
    {130, 3, 2, 1}
  };

  static final double EPSILON = 1e-5;

  /** Rounded operations of a rule beside its sums. */
  private static final int OPERATIONS = 20;

  final EngineContract.Subject subject;
  final Workbench bench;
  final int replicas;
  final int rows;
  final int channels;
  final Sharing sharing;
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
    boolean batch = SIZES[index].length == 2;
    this.sharing =
        batch ? Sharing.ofBatch(channels) : new Sharing(SIZES[index][2], SIZES[index][3]);
    Arena arena = subject.engine().arena();
    this.plan =
        subject
            .engine()
            .normalization()
            .plan(subject.dtype(), replicas, rows, channels, sharing, EPSILON, arena);
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
    this.mean = new double[replicas * sharing.sets() * channels];
    this.variance = new double[mean.length];
    double[] others = Workbench.normals(9, units());
    for (int i = 0; i < units(); i++) {
      double[] own = NormalizationOracle.moments(elements(x, i));
      boolean fixed = origin == Moments.Origin.FIXED;
      for (int k = 0; k < groupChannels(); k++) {
        mean[moment(i, k)] = fixed ? own[0] + 0.5 * others[i] : own[0];
        variance[moment(i, k)] = fixed ? own[1] + others[i] * others[i] : own[1];
      }
    }
    int perReplica = sharing.sets() * channels;
    this.moments =
        new Moments(
            bench.input(DType.FLOAT64, mean, replicas, perReplica),
            bench.input(DType.FLOAT64, variance, replicas, perReplica),
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

  /** Numbers of elements with moments of their own: groups of sets of replicas. */
  int units() {
    return replicas * sharing.sets() * sharing.groups();
  }

  int groupChannels() {
    return channels / sharing.groups();
  }

  int setRows() {
    return rows / sharing.sets();
  }

  /** The set of unit i. */
  int set(int i) {
    return i / sharing.groups() % sharing.sets();
  }

  /** Channel k of unit i among those of all replicas. */
  int channel(int i, int k) {
    int replica = i / (sharing.groups() * sharing.sets());
    return replica * channels + i % sharing.groups() * groupChannels() + k;
  }

  /** The moment of channel k of unit i. */
  int moment(int i, int k) {
    return i / sharing.groups() * channels + i % sharing.groups() * groupChannels() + k;
  }

  /** The elements of unit i, channel after channel. */
  double[] elements(double[] values, int i) {
    double[] all = new double[setRows() * groupChannels()];
    for (int m = 0; m < all.length; m++) {
      all[m] = values[at(i, m)];
    }
    return all;
  }

  private int at(int i, int m) {
    int row = i / sharing.groups() * setRows() + m % setRows();
    return row * channels + i % sharing.groups() * groupChannels() + m / setRows();
  }

  private Dual[] column(double[] values, double[] dots, int i) {
    Dual[] column = new Dual[setRows() * groupChannels()];
    for (int m = 0; m < column.length; m++) {
      column[m] = Dual.of(values[at(i, m)], dots == null ? 0 : dots[at(i, m)]);
    }
    return column;
  }

  /** Of unit i, with x moving or not. */
  NormalizationOracle oracle(int i, boolean moves) {
    return new NormalizationOracle(
        column(x, moves ? xDot : null, i),
        mean[moment(i, 0)],
        variance[moment(i, 0)],
        EPSILON,
        ofChannels(gamma, gammaDot, i),
        origin == Moments.Origin.ROWS);
  }

  /** A vector over channels, for every element of unit i. */
  Dual[] ofChannels(double[] values, double[] dots, int i) {
    Dual[] all = new Dual[setRows() * groupChannels()];
    for (int m = 0; m < all.length; m++) {
      int c = channel(i, m / setRows());
      all[m] = Dual.of(values[c], dots[c]);
    }
    return all;
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

  /** γ̄ and β̄ of unit i's channels, added. */
  void affine(
      Expected ofGamma,
      Expected ofBeta,
      int i,
      NormalizationOracle oracle,
      Dual[] bars,
      boolean dots) {
    for (int k = 0; k < groupChannels(); k++) {
      int from = k * setRows();
      Dual gammaBar = oracle.gammaBar(bars, from, from + setRows());
      Dual betaBar = NormalizationOracle.betaBar(bars, from, from + setRows());
      if (dots) {
        ofGamma.dot(channel(i, k), gammaBar);
        ofBeta.dot(channel(i, k), betaBar);
      } else {
        ofGamma.value(channel(i, k), gammaBar);
        ofBeta.value(channel(i, k), betaBar);
      }
    }
  }

  /** What an operation should give: values and their bounds. */
  final class Expected {
    final double[] values;
    private final double[] bounds;

    Expected(int size) {
      values = new double[size];
      bounds = new double[size];
    }

    /** Adds; float32 rounds terms but not sums; float64 also the differences x − μ. */
    void add(int index, double value, double near, double far) {
      values[index] += value;
      bounds[index] +=
          Tolerance.sum(subject.dtype(), OPERATIONS, near)
              + Tolerance.sum(DType.FLOAT64, rows * groupChannels() + OPERATIONS, far);
    }

    void value(int index, Dual dual) {
      add(index, dual.value(), dual.near(), dual.far());
    }

    void dot(int index, Dual dual) {
      add(index, dual.dot(), dual.dotNear(), dual.dotFar());
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
      String where = "%s %s, M = %d, C = %d, %s".formatted(what, origin, rows, channels, sharing);
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

  /** Values of the elements of unit i. */
  void values(Expected expected, int i, Dual[] column) {
    for (int m = 0; m < column.length; m++) {
      expected.value(at(i, m), column[m]);
    }
  }

  /** Their tangents. */
  void dots(Expected expected, int i, Dual[] column) {
    for (int m = 0; m < column.length; m++) {
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

  /** Every size in either layout, with one, two and three replicas in turn. */
  static void everySize(EngineContract.Subject subject, Moments.Origin origin, SceneCheck check) {
    EngineContract.everywhere(
        subject,
        (bench, replicas) -> {
          int turn = bench.layout().ordinal() + origin.ordinal();
          for (int index = 0; index < SIZES.length; index++) {
            if ((index + turn) % EngineContract.MOST_REPLICAS == replicas - 1) {
              check.run(new NormalizationScene(subject, bench, replicas, index, origin));
            }
          }
        });
  }
}
