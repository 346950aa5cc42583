package org.noisescape.quantities;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.noisescape.curvature.Curvature;
import org.noisescape.krylov.Deflation;
import org.noisescape.krylov.Determinism;
import org.noisescape.krylov.End;
import org.noisescape.krylov.Lanczos;
import org.noisescape.krylov.LanczosOptions;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.krylov.SpectralDensity;
import org.noisescape.linop.Counting;
import org.noisescape.linop.DenseMaterialization;
import org.noisescape.linop.EigenDecomposition;
import org.noisescape.linop.Eigenvalues;
import org.noisescape.linop.LinearOperator;
import org.noisescape.linop.Scaled;
import org.noisescape.linop.SymmetricEigen;
import org.noisescape.linop.SymmetricallyScaled;
import org.noisescape.objective.ClassCounts;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.RiskValue;
import org.noisescape.tensor.Tensor;

/** One θ of one replica: what quantities are computed from, and the work they share. */
public final class Point implements AutoCloseable {
  private static final String TRAIN = "passes over the training data";
  private static final String CLASSES = "classes of the data for ";
  private static final Map<Measure.Need, String> HELD_OUT =
      Map.of(
          Measure.Need.TEST,
          "passes over the test data",
          Measure.Need.VALIDATION,
          "passes over the validation data");
  private static final String NOISE = "gradients and their noise";

  private final Curvature curvature;
  private final ProbeOptions options;
  private final Demand demand;
  private final Ledger ledger = new Ledger(this::products);
  private final Map<Matrix, Checked> operators = new EnumMap<>(Matrix.class);
  private Supplier<StepMetric> metric = Point::missing;
  private ProbeListener listener = ProbeListener.SILENT;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  /**
   * A point.
   *
   * @param curvature at θ; null where no quantity needs it
   * @param demand of all quantities that will be measured here
   */
  public Point(Curvature curvature, ProbeOptions options, Demand demand) {
    this.curvature = curvature;
    this.options = options;
    this.demand = demand;
  }

  /** Puts in loss and accuracy on the training data, and what they cost. */
  public Point withTrain(RiskValue value, Cost cost) {
    ledger.put(TRAIN, value, cost);
    return this;
  }

  /** Puts in the same on data that are not trained on. */
  public Point withHeldOut(Measure.Need which, RiskValue value, Cost cost) {
    ledger.put(HELD_OUT.get(which), value, cost);
    return this;
  }

  /** Puts in where the preconditioner of the update rules is to be had. */
  public Point withMetric(Supplier<StepMetric> supplier) {
    metric = supplier;
    return this;
  }

  /** Tells what takes long. */
  Point toldTo(ProbeListener hears) {
    listener = hears;
    return this;
  }

  /**
   * Puts in how samples are classified, and what that costs.
   *
   * @param need which samples, {@link Measure.Need#VALUE} or {@link Measure.Need#TEST}
   */
  public Point withClasses(Measure.Need need, ClassCounts counts, Cost cost) {
    ledger.put(CLASSES + need, counts, cost);
    return this;
  }

  /** Puts in gradient and noise on the training data, and what they cost. */
  public Point withNoise(GradientNoise noise, Cost cost) {
    ledger.put(NOISE, noise, cost);
    return withTrain(noise.value(), cost);
  }

  /** Measures one quantity, and the cost of all work it rests on, shared or not. */
  public Measured measure(QuantityRequest request) {
    if (curvature != null) {
      curvature.stop().goOn();
    }
    Cost before = ledger.begin();
    Finding estimate = finding(request);
    return new Measured(estimate, ledger.total().minus(before));
  }

  /** What cannot be computed is a finding of its own, so that the others of a call are not lost. */
  private Finding finding(QuantityRequest request) {
    try {
      return request.quantity().measure().measure(this, request.k());
    } catch (IllegalArgumentException | IllegalStateException e) {
      return Finding.undefined(e.getMessage());
    }
  }

  /**
   * A result and its cost.
   *
   * @param estimate the result
   * @param cost of all work it rests on, shared or not
   */
  public record Measured(Finding estimate, Cost cost) {}

  /** L and accuracy over the training data. */
  public RiskValue train() {
    return ledger.shared(TRAIN, () -> noise().value());
  }

  /** The same over data that are not trained on. */
  public RiskValue heldOut(Measure.Need which) {
    return ledger.shared(HELD_OUT.get(which), Point::missing);
  }

  /**
   * The preconditioner of the update rules.
   *
   * @throws IllegalArgumentException before the first step
   */
  StepMetric metric() {
    return shared("preconditioner", metric);
  }

  /** How the samples that a measure needs are classified. */
  ClassCounts classes(Measure.Need need) {
    return ledger.shared(CLASSES + need, Point::missing);
  }

  /** The gradient and its noise over the training data. */
  public GradientNoise noise() {
    return ledger.shared(NOISE, () -> curvature().noise());
  }

  /** How well it is to be measured. */
  public ProbeOptions options() {
    return options;
  }

  Demand demand() {
    return demand;
  }

  Curvature curvature() {
    return curvature == null ? missing() : curvature;
  }

  /**
   * One of the matrices, found to be deterministic and symmetric by three products, which warm up
   * and are charged to nobody.
   */
  public LinearOperator operator(Matrix matrix) {
    return checked(matrix).operator();
  }

  /**
   * Eigenvalues of a matrix up to this size may be nothing but the rounding of terms that cancel;
   * so errors are no smaller.
   */
  double rounding(Matrix matrix) {
    return checked(matrix).rounding();
  }

  /** Whether a matrix is zero but for rounding; {@link #operator} gives zero itself then. */
  boolean isZero(Matrix matrix) {
    return checked(matrix).zero();
  }

  private Checked checked(Matrix matrix) {
    Checked known = operators.computeIfAbsent(matrix, this::check);
    if (known.refusal() != null) {
      throw new IllegalArgumentException(known.refusal());
    }
    return known;
  }

  private Checked check(Matrix matrix) {
    LinearOperator operator = matrix.isPreconditioned() ? scaled(matrix) : matrix.of(curvature());
    Checked[] checked = new Checked[1];
    ledger.free(() -> checked[0] = Checked.of(operator, options.seed()));
    return checked[0];
  }

  private LinearOperator scaled(Matrix matrix) {
    double[] roots = metric().inverseRoots();
    SymmetricallyScaled scaled =
        new SymmetricallyScaled(
            matrix.of(curvature()),
            roots,
            () -> matrix == Matrix.PRECONDITIONED_COVARIANCE ? scaledGradient(roots) : 0);
    open.push(scaled);
    return scaled;
  }

  /** ‖P^−½ ḡ‖², what cancels in P^−½SP^−½. */
  private double scaledGradient(double[] roots) {
    Tensor gradient = curvature().gradient();
    double[] values = gradient.engine().memory().readDoubles(gradient);
    double sum = 0;
    for (int i = 0; i < roots.length; i++) {
      sum += roots[i] * roots[i] * values[i] * values[i];
    }
    return sum;
  }

  /**
   * A matrix and what three products found.
   *
   * @param operator counted from now on
   * @param rounding of an eigenvalue, where terms cancel
   * @param zero whether it is nothing else
   * @param refusal why no number of it means anything, or null
   */
  private record Checked(Counting operator, double rounding, boolean zero, String refusal) {
    static Checked of(LinearOperator operator, long seed) {
      try {
        Determinism found = Determinism.require(operator, seed);
        LinearOperator cleared = found.isZero() ? new Scaled(operator, 0) : operator;
        return new Checked(new Counting(cleared), found.rounding(), found.isZero(), null);
      } catch (IllegalArgumentException e) {
        return new Checked(new Counting(operator), 0, false, e.getMessage());
      }
    }
  }

  /** At least k eigenpairs of one end, best first, for all quantities at once. */
  RitzPairs pairs(Matrix matrix, End end, int k) {
    int wanted = Math.max(k, demand.pairs(matrix, end));
    return ledger.shared(
        wanted + " " + end + " of " + matrix.label(), () -> eigenpairs(matrix, wanted, end));
  }

  private RitzPairs eigenpairs(Matrix matrix, int k, End end) {
    LinearOperator operator = operator(matrix);
    if (demand.isDense(k)) {
      RitzPairs all = densePairs(operator, k, end);
      open.push(all);
      return all;
    }
    LanczosOptions search =
        LanczosOptions.of(operator, k, end, options.seed()).withTolerance(options.residual());
    RitzPairs pairs = Lanczos.solve(operator, search.withProductsFrom(options.products()));
    open.push(pairs);
    return pairs;
  }

  private RitzPairs densePairs(LinearOperator operator, int k, End end) {
    SymmetricEigen solver = solver();
    try (DenseMaterialization dense = DenseMaterialization.of(operator)) {
      curvature.stop().goOn();
      try (EigenDecomposition found =
          end == End.LARGEST
              ? solver.largest(dense.matrix(), k)
              : solver.smallest(dense.matrix(), k)) {
        return RitzPairs.of(operator, found, dense.matrix(), end, options.residual());
      }
    }
  }

  /** Eigenvalues by LAPACK, until a stop is requested. */
  SymmetricEigen solver() {
    return new SymmetricEigen(options.threads())
        .stoppedBy(curvature.stop())
        .announcedTo(listener::factorizing);
  }

  /** All eigenvalues of a matrix, by its products with unit vectors and LAPACK. */
  Eigenvalues dense(Matrix matrix) {
    return ledger.shared(
        "dense " + matrix.label(),
        () -> {
          try (DenseMaterialization dense = DenseMaterialization.of(operator(matrix))) {
            curvature.stop().goOn();
            return solver().values(dense.matrix());
          }
        });
  }

  /** The density of a matrix's eigenvalues. */
  SpectralDensity density(Matrix matrix) {
    return ledger.shared(
        "density of " + matrix.label(),
        () ->
            SpectralDensity.settled(
                operator(matrix),
                Densities.options(demand.parameters(), demand.dtype(), options),
                Densities.POINTS));
  }

  /**
   * H split along its outermost eigenvectors, and the density of what is left: for sums over all
   * eigenvalues of functions that vanish at zero.
   */
  Deflated deflated() {
    return ledger.shared("deflated density", this::split);
  }

  /**
   * A matrix split by its outermost eigenvectors.
   *
   * @param values eigenvalues on their span
   * @param rest density of the others
   * @param smallest the smallest pairs
   */
  record Deflated(double[] values, SpectralDensity rest, RitzPairs smallest) {}

  private Deflated split() {
    RitzPairs largest = pairs(Matrix.HESSIAN, End.LARGEST, Deflating.largest(demand));
    RitzPairs smallest = pairs(Matrix.HESSIAN, End.SMALLEST, Deflating.smallest(demand));
    List<Tensor> directions =
        List.of(
            largest.vectors().rows(0, Deflating.largest(demand)),
            smallest.vectors().rows(0, Deflating.smallest(demand)));
    try (Deflation split = Deflation.of(operator(Matrix.HESSIAN), directions)) {
      return new Deflated(
          split.values(),
          SpectralDensity.estimate(
              split.rest(), Densities.options(demand.parameters(), demand.dtype(), options)),
          smallest);
    }
  }

  /** Does work that other quantities may use again. */
  <T> T shared(String name, Supplier<T> work) {
    return ledger.shared(name, work);
  }

  /** Products with vectors so far. */
  long products() {
    return operators.values().stream().mapToLong(checked -> checked.operator().products()).sum();
  }

  private static <T> T missing() {
    throw new IllegalStateException("not put in: the need of a measure is not what it uses");
  }

  /** Gives back what shared work left. */
  @Override
  public void close() {
    open.forEach(Point::close);
    open.clear();
  }

  private static void close(AutoCloseable left) {
    try {
      left.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
