package org.noisescape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.files.WrongFile;
import org.noisescape.report.Figure.Axis;
import org.noisescape.report.Figure.Points;
import org.noisescape.report.Figure.Scale;

/** Drawings that anyone may have written: what runs, or reaches out, is refused. */
class PlainSvgTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<svg><script>alert(1)</script></svg>",
        "<svg onload='alert(1)'/>",
        "<svg><g onclick='alert(1)'/></svg>",
        "<svg><foreignObject><p/></foreignObject></svg>",
        "<svg><image href='https://x.example/y.png'/></svg>",
        "<svg><a href='javascript:alert(1)'><text>x</text></a></svg>",
        "<svg><use href='#x'/></svg>",
        "<svg><style>@import url(//x.example)</style></svg>",
        "<svg><animate attributeName='x'/></svg>",
        "<svg><path style='fill:url(https://x.example)'/></svg>",
        "<svg><path style='fill:url(&quot;//x&quot;)'/></svg>",
        "<svg><path style='background:red'/></svg>",
        "<svg><path style='fill:red;behavior:url(x)'/></svg>",
        "<svg><path style='fill:\\75rl(x)'/></svg>",
        "<svg><path clip-path='url(https://x.example#a)'/></svg>",
        "<svg><path d='M0&quot; onload=&quot;x'/></svg>",
        "<svg><path id=\" width='\" d='M0'/></svg>",
        "<svg xmlns:h='http://www.w3.org/1999/xhtml'><h:script/></svg>",
        "<svg xmlns='http://www.w3.org/1999/xhtml'/>",
        "<svg xmlns:xlink='http://www.w3.org/1999/xlink'><g xlink:href='#x'/></svg>",
        "<svg><svg/></svg>",
        "<html/>",
        "<svg><text>a",
        "<svg/><svg/>",
        "no markup",
        "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><svg><text>&x;</text></svg>",
        "<!DOCTYPE svg SYSTEM 'https://x.example/svg.dtd'><svg/>",
        "<?xml-stylesheet href='https://x.example'?><svg/>",
        "<svg><text>&undefined;</text></svg>"
      })
  void whatNoFigureHasIsRefusedInOneLine(String markup) throws IOException {
    Path file = Files.writeString(folder.resolve("f.svg"), markup);
    assertThatThrownBy(() -> PlainSvg.read(file))
        .isInstanceOf(WrongFile.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aLongValueIsLookedAtWithoutRunningOutOfStack() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("f.svg"),
            "<svg><path d='%s' style='%s'/></svg>"
                .formatted("M1,2".repeat(200_000), "fill:rgb(1,2,3);".repeat(50_000)));
    assertThat(PlainSvg.read(file)).hasSizeGreaterThan(800_000);
  }

  @Test
  void textIsTextWhateverItSays() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("f.svg"),
            "<svg><text x='1'>5 &lt; 6 <!-- -->'q' <![CDATA[<script>]]>&#x7f;</text></svg>");
    assertThat(PlainSvg.read(file))
        .isEqualTo("<svg><text x='1'>5 &lt; 6 &#39;q&#39; &lt;script&gt;\\u007f</text></svg>");
  }

  @Test
  void whatIsDrawnHereComesBackLetterForLetter() throws IOException {
    Figure figure =
        new Figure(
            "some-figure",
            "A title",
            "A caption",
            new Axis("Loss \u03bb", Scale.LOG),
            new Axis("Noise & more", Scale.LINEAR),
            List.of(
                new Points(
                    "a < b",
                    0,
                    new double[] {1, 10},
                    new double[] {1, 2},
                    new double[] {0.1, 0.1})));
    FigureFiles.write(folder, List.of(figure));
    Path file = folder.resolve("figures/some-figure.svg");
    assertThat(PlainSvg.read(file)).isEqualTo(Files.readString(file).strip());
  }
}
