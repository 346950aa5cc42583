package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.noisescape.tensor.ConvolutionGeometry;

/** What the tests on NVIDIA's libraries describe is found without them. */
class ZooConvolutionsTest {
  @Test
  void everyArchitectureTellsItsConvolutions() {
    Set<ConvolutionGeometry> all = ZooConvolutions.geometries();
    assertThat(all).hasSizeGreaterThan(50);
    // ResNet-18's first on a coloured picture, and one that halves it
    assertThat(all)
        .anyMatch(g -> g.inputChannels() == 3 && g.outputChannels() == 64 && g.outputHeight() == 32)
        .anyMatch(g -> g.height() == 32 && g.outputHeight() == 16);
  }
}
