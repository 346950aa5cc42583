package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.font.FontRenderContext;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelTest {
  /** Runs as {@code text}, {@code [lowered]} and {@code (raised)}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "λ_i | λ[i]",
        "η_max/2 | η[max]/2",
        "R^2 = 0.9 | R(2) = 0.9",
        "10^{-3} | 10(−3)",
        "10^-3 x | 10(−3) x",
        "w_j* | w[j]*",
        "θ_{1, 2} | θ[1, 2]",
        "‖θ − θ_0‖² | ‖θ − θ[0]‖(2)",
        "λ₁² | λ[1](2)",
        "C⁻¹Sᵀ | C(−1)S(T)",
        "resnet_18 | resnet_18",
        "test_loss, x_ | test_loss, x_",
        "𝒩 = tr S | 𝒩 = tr S",
        "h̃_jj | h̃[jj]",
        "x^n | x(n)",
        "a ^ b | a ^ b",
      })
  void aLabelIsReadInOneNotation(String text, String runs) {
    assertThat(
            Label.of(text).runs().stream()
                .map(
                    run ->
                        run.level() == 0
                            ? run.text()
                            : run.level() > 0 ? "(" + run.text() + ")" : "[" + run.text() + "]")
                .collect(Collectors.joining()))
        .isEqualTo(runs);
  }

  @Test
  void inAnSvgItIsOneText() {
    assertThat(Label.of("a < λ_i^2").svg(10))
        .isEqualTo(
            "a &lt; λ<tspan dy='2.00' style='font-size: 7.20px'>i</tspan>"
                + "<tspan dy='-5.60' style='font-size: 7.20px'>2</tspan>");
    assertThat(Label.of("x_1 y").svg(10)).endsWith("</tspan><tspan dy='-2.00'> y</tspan>");
  }

  @Test
  void aLabelIsAsWideAsItsRuns() {
    FontRenderContext context = new FontRenderContext(null, true, true);
    double line = Label.of("10").width(FigureFont.of(10), context);
    double all = Label.of("10^{10}").width(FigureFont.of(10), context);

    assertThat(all - line).isCloseTo(0.72 * line, within(0.02 * line));
  }

  @Test
  void theFontHasEveryLetterOfTheNotation() {
    String letters = "−ηθλ‖Σμ∇·√φσ⟩⟨Δτκℓ±𝒩½∝…≥→Λ′∫←–∞⊙≠★ḡŷαβγδερξν";
    assertThat(FigureFont.of(10).canDisplayUpTo(letters)).isNegative();
    assertThat(FigureFont.holding("日本", FigureFont.of(10)).getFamily())
        .isNotEqualTo(FigureFont.of(10).getFamily());
  }
}
