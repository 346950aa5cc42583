package org.noisescape.experiments.meng.plsgd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.noisescape.experiments.frame.FoundText;

/** Four methods on two seeds, three of them on two others. */
class PlSgdFiguresTest {
  private static final PlSgdResult RESULT = PlSgdFindingsTest.RESULT;

  @Test
  void everyMarkIsThatOfItsMethod() {
    assertThat(FoundText.figures(PlSgdFigures.of(RESULT, RESULT.claims())))
        .isEqualTo(
            """
            train-loss | Epochs | log Training loss
            band : (3, 1) (3, 3)
            band : (3, 3) (3, 9)
            band : (3, 1) (3, 3)
            line SGD: (3, 2)
            line SGLD 0.001: (3, 4)
            line PL-SGD 0.02, 0.0001: (3, 6)
            dotted SGLD 0.002, selection seeds: (3, 2)
            test-accuracy | Epochs | Test accuracy
            band : (3, 0.0625) (3, 0.1875)
            band : (3, 0.1875) (3, 0.5625)
            band : (3, 0.0625) (3, 0.1875)
            line SGD: (3, 0.125)
            line SGLD 0.001: (3, 0.25)
            line PL-SGD 0.02, 0.0001: (3, 0.375)
            dotted SGLD 0.002, selection seeds: (3, 0.125)
            loss-gap | Epochs | Test loss - training loss
            band : (3, 2) (3, 6)
            band : (3, 6) (3, 18)
            band : (3, 2) (3, 6)
            line SGD: (3, 4)
            line SGLD 0.001: (3, 8)
            line PL-SGD 0.02, 0.0001: (3, 12)
            dotted SGLD 0.002, selection seeds: (3, 4)
            accuracy-gap | Epochs | Training accuracy - test accuracy
            band : (3, 0.1875) (3, 0.5625)
            band : (3, 0.5625) (3, 1.6875)
            band : (3, 0.1875) (3, 0.5625)
            line SGD: (3, 0.375)
            line SGLD 0.001: (3, 0.75)
            line PL-SGD 0.02, 0.0001: (3, 1.125)
            dotted SGLD 0.002, selection seeds: (3, 0.375)
            accuracy-differences | Comparison seed | Test accuracy, less SGD
            line : (1.5, 0.1875) (3.5, 0.1875)
            points SGLD 0.001: (2, 0.1875)
            band : (1.5, -1.33828) (3.5, -1.33828) (1.5, 1.83828) (3.5, 1.83828)
            line : (1.5, 0.25) (3.5, 0.25)
            points PL-SGD 0.02, 0.0001: (2, 0.125) (3, 0.375)
            dashed SGD: (1.5, 0) (3.5, 0)
            gap-differences | Comparison seed | Test loss - training loss, less SGD
            line : (1.5, 6) (3.5, 6)
            points SGLD 0.001: (2, 6)
            band : (1.5, -42.8248) (3.5, -42.8248) (1.5, 58.8248) (3.5, 58.8248)
            line : (1.5, 8) (3.5, 8)
            points PL-SGD 0.02, 0.0001: (2, 4) (3, 12)
            dashed SGD: (1.5, 0) (3.5, 0)
            pl-sgd-accuracy | log Variance λ₁ | Test accuracy, less SGD
            dashed SGD: (0.0153846, 0) (0.026, 0)
            line : (0.02, 0.25)
            points λ₂ = 0.0001: (0.02, 0.25, 0.0625)
            sgld-accuracy | log Variance λ₃ | Test accuracy, less SGD
            dashed SGD: (0.000769231, 0) (0.0026, 0)
            line : (0.001, 0.125) (0.002, 0.03125)
            points SGLD: (0.001, 0.125, 0.0625) (0.002, 0.03125, 0.09375)
            pl-sgd-gap | log Variance λ₁ | Test loss - training loss, less SGD
            dashed SGD: (0.0153846, 0) (0.026, 0)
            line : (0.02, 8)
            points λ₂ = 0.0001: (0.02, 8, 2)
            sgld-gap | log Variance λ₃ | Test loss - training loss, less SGD
            dashed SGD: (0.000769231, 0) (0.0026, 0)
            line : (0.001, 4) (0.002, 1)
            points SGLD: (0.001, 4, 2) (0.002, 1, 3)
            pl-sgd-loss | log Variance λ₁ | log₁₀ (training loss / SGD's)
            dashed SGD: (0.0153846, 0) (0.026, 0)
            line : (0.02, 0.573064)
            points λ₂ = 0.0001: (0.02, 0.573064, 0.028996)
            sgld-loss | log Variance λ₃ | log₁₀ (training loss / SGD's)
            dashed SGD: (0.000769231, 0) (0.0026, 0)
            line : (0.001, 0.349485) (0.002, 0.0880456)
            points SGLD: (0.001, 0.349485, 0.048455) (0.002, 0.0880456, 0.389076)
            """);
  }
}
