package org.noisescape.quantities;

import static org.noisescape.krylov.End.LARGEST;
import static org.noisescape.krylov.End.SMALLEST;
import static org.noisescape.quantities.Matrix.COVARIANCE;
import static org.noisescape.quantities.Matrix.GGN;
import static org.noisescape.quantities.Matrix.HESSIAN;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.noisescape.krylov.End;
import org.noisescape.objective.GradientNoise;
import org.noisescape.objective.RiskValue;
import org.noisescape.quantities.Measure.Need;
import org.noisescape.registry.Named;
import org.noisescape.registry.NearestName;
import org.noisescape.registry.Registry;

/** The table of quantities. */
public final class Quantities {
  private static final List<QuantityProvider> BUILT_IN = new ArrayList<>();

  static {
    // a new quantity is one line here: name, with the preset of its argument if it takes one
    checkpoint("loss", "L over the whole data set", risk(Need.VALUE, Quantities::loss));
    checkpoint("accuracy", "fraction of right predictions", risk(Need.VALUE, Quantities::accuracy));
    checkpoint("test-loss", "the same on the test data", risk(Need.TEST, Quantities::loss));
    checkpoint("test-accuracy", "the same on the test data", risk(Need.TEST, Quantities::accuracy));
    checkpoint(
        "validation-loss",
        "the same on the samples held out",
        risk(Need.VALIDATION, Quantities::loss));
    checkpoint(
        "validation-accuracy",
        "the same on the samples held out",
        risk(Need.VALIDATION, Quantities::accuracy));
    checkpoint(
        "accuracy-top:5",
        "fraction of samples whose class is among the K largest outputs",
        new Classification.Top(Need.VALUE));
    checkpoint(
        "test-accuracy-top:5",
        "the same, of K, on the test data",
        new Classification.Top(Need.TEST));
    checkpoint(
        "validation-accuracy-top:5",
        "the same, of K, on the samples held out",
        new Classification.Top(Need.VALIDATION));
    checkpoint(
        "confusion",
        "confusion matrix, true classes by rows, and the accuracy of each class",
        new Classification.Confusion(Need.VALUE));
    checkpoint(
        "test-confusion", "the same on the test data", new Classification.Confusion(Need.TEST));
    checkpoint(
        "validation-confusion",
        "the same on the samples held out",
        new Classification.Confusion(Need.VALIDATION));
    checkpoint("gradient-norm", "||grad L||", noise(g -> norm(g.gradientNormSquared())));
    checkpoint(
        "gradient-norm-squared",
        "||grad L||^2",
        noise(g -> Finding.exact(g.gradientNormSquared())));
    checkpoint(
        "noise-strength",
        "trace of the covariance of the gradients",
        noise(g -> Finding.mean(g.noiseStrength(), g.noiseStrengthStandardError())));
    checkpoint(
        "noise-scale",
        "tr S/||grad L||^2, the batch whose noise is as large as the gradient",
        noise(Quantities::noiseScale));
    everywhere(
        "hessian-noise-scale",
        "tr(HS)/(g^T H g), the noise scale that counts the curvature",
        new HessianNoiseScale());
    everywhere("hessian-top:5", "K largest eigenvalues of H", extreme(HESSIAN, LARGEST));
    everywhere("ggn-top:5", "K largest eigenvalues of G", extreme(GGN, LARGEST));
    everywhere(
        "covariance-top:5", "K largest eigenvalues of S = B C", extreme(COVARIANCE, LARGEST));
    everywhere(
        "preconditioned-top:1",
        "K largest eigenvalues of P^-1/2 H P^-1/2, P of adam, rmsprop ..., and their stability bound",
        new PreconditionedEigenvalues());
    everywhere(
        "preconditioned-noise",
        "tr(P^-1 S), the noise in the coordinates of P",
        new Traces.Trace(Matrix.PRECONDITIONED_COVARIANCE));
    everywhere("hessian-smallest:3", "K smallest eigenvalues of H", extreme(HESSIAN, SMALLEST));
    everywhere("hessian-trace", "tr H", new Traces.Trace(HESSIAN));
    everywhere("ggn-trace", "tr G", new Traces.Trace(GGN));
    everywhere(
        "covariance-trace", "tr S; noise-strength is this, exactly", new Traces.Trace(COVARIANCE));
    everywhere(
        "hessian-frobenius",
        "||H||, the root of the sum of squares",
        new Traces.Frobenius(HESSIAN));
    checkpoint("hessian-density", "density of the eigenvalues of H", new Densities(HESSIAN));
    checkpoint("ggn-density", "density of the eigenvalues of G", new Densities(GGN));
    everywhere("negative-sum", "sum of the negative eigenvalues of H", new SpectralSums.Negative());
    everywhere(
        "log-determinant", "log det H on its non-degenerate subspace", new SpectralSums.LogDet());
    everywhere(
        "effective-dimension",
        "(tr G)^2 / ||G||^2, how many directions G has",
        new GaussNewtonDimension());
    everywhere("outliers:50", "outliers among the K largest eigenvalues of H", new OutlierCount());
    everywhere(
        "alignment:5",
        "cosine of H and S, overlap of their top-K eigenspaces",
        new AlignmentMeasure());
    checkpoint(
        "gram-spectrum:30", "exact spectrum of G, its K largest eigenvalues", new GramSpectrum());
  }

  private static final Registry<QuantityProvider> REGISTRY =
      new Registry<>(
          "quantity", QuantityProvider.class, found -> found.quantity().name(), BUILT_IN);

  private Quantities() {}

  private static void checkpoint(String usage, String description, Measure measure) {
    add(usage, Quantity.Use.CHECKPOINT, description, measure);
  }

  private static void everywhere(String usage, String description, Measure measure) {
    add(usage, Quantity.Use.EVERYWHERE, description, measure);
  }

  private static void add(String usage, Quantity.Use use, String description, Measure measure) {
    String argument = Named.argumentsOf(usage);
    int preset = argument.isEmpty() ? 0 : Integer.parseInt(argument);
    Quantity quantity = new Quantity(Named.nameOf(usage), description, preset, measure, use);
    BUILT_IN.add(() -> quantity);
  }

  /** All of them. */
  public static List<Quantity> all() {
    return REGISTRY.all().stream().map(QuantityProvider::quantity).toList();
  }

  /**
   * The quantity of a name; what follows a colon is not looked at.
   *
   * @throws IllegalArgumentException with the nearest name where there is none such
   */
  public static Quantity of(String text) {
    String name = Named.nameOf(text);
    return REGISTRY
        .find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    NearestName.unknown("quantity", name, REGISTRY.names())))
        .quantity();
  }

  private static Measure extreme(Matrix matrix, End end) {
    return new ExtremeEigenvalues(matrix, end);
  }

  private static Measure risk(Need need, Function<RiskValue, Finding> number) {
    return Measure.of(need, p -> number.apply(need == Need.VALUE ? p.train() : p.heldOut(need)));
  }

  private static Measure noise(Function<GradientNoise, Finding> number) {
    return Measure.of(Need.GRADIENT, point -> number.apply(point.noise()));
  }

  private static Finding loss(RiskValue value) {
    return Finding.mean(value.loss(), value.lossStandardError());
  }

  private static Finding accuracy(RiskValue value) {
    return Double.isNaN(value.accuracy())
        ? Finding.undefined("the targets are real numbers, which no prediction meets")
        : Finding.mean(value.accuracy(), value.accuracyStandardError());
  }

  private static Finding noiseScale(GradientNoise noise) {
    return noise.gradientNormSquared() > 0
        ? Finding.mean(noise.noiseScale(), noise.noiseScaleStandardError())
        : Finding.undefined("the gradient vanishes");
  }

  private static Finding norm(double squared) {
    return Finding.exact(Math.sqrt(squared));
  }
}
