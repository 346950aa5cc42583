package org.noisescape.quantities;

import java.util.List;
import org.noisescape.krylov.Alignment;
import org.noisescape.krylov.End;
import org.noisescape.krylov.RitzPairs;
import org.noisescape.krylov.StoppingRule;
import org.noisescape.krylov.SubspaceOverlap;
import org.noisescape.tensor.Tensor;

/**
 * How alike H and S are: tr(HS)/(‖H‖_F ‖S‖_F), tr(HS), and the overlap of the spaces of the K
 * largest eigenvalues of each. The factor of C = S/B drops out of the first and the last.
 */
record AlignmentMeasure() implements Measure {
  @Override
  public void announce(Demand demand, int k) {
    demand.pairs(Matrix.HESSIAN, End.LARGEST, k);
    demand.pairs(Matrix.COVARIANCE, End.LARGEST, k);
  }

  @Override
  public Finding measure(Point point, int k) {
    ProbeOptions options = point.options();
    for (Matrix matrix : List.of(Matrix.HESSIAN, Matrix.COVARIANCE)) {
      if (point.isZero(matrix)) {
        return Finding.undefined(matrix.symbol() + " is zero, to rounding");
      }
    }
    RitzPairs ofHessian = point.pairs(Matrix.HESSIAN, End.LARGEST, k);
    RitzPairs ofCovariance = point.pairs(Matrix.COVARIANCE, End.LARGEST, k);
    // other quantities may have asked for more pairs, which must not change this one
    Tensor topOfHessian = ofHessian.vectors().rows(0, k);
    Tensor topOfCovariance = ofCovariance.vectors().rows(0, k);
    int vectors = Math.max(2, options.products() / 2 - 2 * k);
    Alignment alignment =
        Alignment.estimate(
            point.operator(Matrix.HESSIAN),
            point.operator(Matrix.COVARIANCE),
            List.of(topOfHessian, topOfCovariance),
            StoppingRule.relative(options.relativeError(), vectors),
            options.seed());
    if (Double.isNaN(alignment.similarity().value())) {
      return Finding.undefined("H or S is zero");
    }
    SubspaceOverlap overlap = SubspaceOverlap.of(topOfHessian, topOfCovariance);
    double rounding =
        point.rounding(Matrix.HESSIAN) / Math.sqrt(alignment.firstSquared().value())
            + point.rounding(Matrix.COVARIANCE) / Math.sqrt(alignment.secondSquared().value());
    return Finding.of(alignment.similarity().withError(rounding))
        .with("trace_of_product", alignment.traceOfProduct().value())
        .with("trace_of_product_standard_error", alignment.traceOfProduct().standardError())
        .with("hessian_norm", Math.sqrt(alignment.firstSquared().value()))
        .with("covariance_norm", Math.sqrt(alignment.secondSquared().value()))
        .with("overlap", overlap.overlap())
        .with("covariance", "S = B C, centred, with 1/N");
  }
}
