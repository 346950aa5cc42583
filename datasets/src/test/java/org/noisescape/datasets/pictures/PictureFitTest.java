package org.noisescape.datasets.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.noisescape.datasets.pictures.PictureFileTest.golden;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What torchvision makes of Pillow's pictures; the recipe is make_picture_goldens.py. */
class PictureFitTest {
  private static final int[][] STRETCHED = {{7, 50}, {29, 11}, {12, 37}};

  @ParameterizedTest
  @EnumSource(PictureFilter.class)
  void croppedSquaresAreThoseOfTorchvision(PictureFilter filter) throws IOException {
    Picture picture = PictureFileTest.decode(golden("rgb.png"));
    for (int size : new int[] {8, 20, 41}) {
      PictureFit fit = new PictureFit(size, size, true, filter);
      String name = "-%s-%dx%d.rgb".formatted(filter.option(), size, size);
      assertThat(fit.apply(picture).rgb()).as(name).isEqualTo(golden("crop" + name));
      assertThat(fit.apply(turned(picture)).rgb()).as(name).isEqualTo(golden("tall" + name));
    }
  }

  @ParameterizedTest
  @EnumSource(PictureFilter.class)
  void stretchedPicturesAreThoseOfTorchvision(PictureFilter filter) throws IOException {
    Picture picture = PictureFileTest.decode(golden("rgb.png"));
    for (int[] size : STRETCHED) {
      PictureFit fit = new PictureFit(size[0], size[1], false, filter);
      String name = "stretch-%s-%dx%d.rgb".formatted(filter.option(), size[0], size[1]);
      assertThat(fit.apply(picture).rgb()).as(name).isEqualTo(golden(name));
    }
  }

  @Test
  void oblongsAreCutFromTheMiddle() throws IOException {
    byte[] rgb = new byte[3 * 8 * 4];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3);
    }
    Picture cut = new PictureFit(2, 8, true, PictureFilter.BOX).apply(new Picture(8, 4, rgb));
    assertThat(cut.rgb()[0]).isEqualTo((byte) 8);
    assertThat(cut.rgb()[3 * 15]).isEqualTo((byte) 23);
    byte[] planar = new byte[1 + 3 * 16];
    cut.copyPlanar(planar, 1);
    assertThat(planar[1 + 16 + 9]).isEqualTo((byte) 17);
  }

  @Test
  void whatIsTooNarrowToBeCroppedIsRefused() {
    Picture line = new Picture(40_000, 1, new byte[120_000]);
    assertThatThrownBy(() -> new PictureFit(64, 64, true, PictureFilter.BILINEAR).apply(line))
        .isInstanceOf(PictureException.class)
        .hasMessageContaining("1 x 40000 pixels");
  }

  /** A quarter turn against the clock. */
  private static Picture turned(Picture picture) {
    int width = picture.height();
    int height = picture.width();
    byte[] rgb = new byte[picture.rgb().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        System.arraycopy(
            picture.rgb(), 3 * (x * height + height - 1 - y), rgb, 3 * (y * width + x), 3);
      }
    }
    return new Picture(width, height, rgb);
  }
}
