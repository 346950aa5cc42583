package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.random.Purpose;
import org.noisescape.random.RandomKey;
import org.noisescape.random.RandomStream;

final class ImageTransformTest {
  @Test
  void halvingIsTheMeanOfTwoByTwo() {
    Dataset halved =
        resized(2, images(1, 4, 4, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));

    assertThat(halved.imageShape()).containsExactly(1, 2, 2);
    assertThat(DataFiles.row(halved, 0)).containsExactly(2.5f, 4.5f, 10.5f, 12.5f);
  }

  @Test
  void fractionalAreasCountByTheirOverlap() {
    // 3 -> 2: pixels (0, half of 1) and (half of 1, 2) on both axes
    Dataset small = resized(2, images(1, 3, 3, 9, 0, 0, 0, 18, 0, 0, 0, 27));

    // each output covers a corner, halves of two edges and a quarter of the centre: 9/4 pixels
    assertThat(DataFiles.row(small, 0))
        .containsExactly((9 + 4.5f) / 2.25f, 4.5f / 2.25f, 4.5f / 2.25f, (27 + 4.5f) / 2.25f);
  }

  @ParameterizedTest
  @CsvSource({"32, 7", "28, 14", "28, 13", "5, 1", "7, 7", "31, 30"})
  void sizeMatchesAverageOfAFineGrid(int from, int to) {
    Dataset before = random(3, from, from);

    Dataset after = resized(to, before);

    // the common refinement of both grids: from·to cells an axis, each in one pixel of either
    float[] image = DataFiles.row(before, 1);
    float[] small = DataFiles.row(after, 1);
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < to; y++) {
        for (int x = 0; x < to; x++) {
          double sum = 0;
          for (int cell = 0; cell < from * from; cell++) {
            int row = (y * from + cell / from) / to;
            int column = (x * from + cell % from) / to;
            sum += image[(channel * from + row) * from + column];
          }
          assertThat((double) small[(channel * to + y) * to + x])
              .isCloseTo(sum / (from * from), within(Math.ulp(1f) / 1.0));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"32, 7", "28, 14", "29, 11", "13, 1"})
  void meansOfChannelsArePreserved(int from, int to) {
    Dataset before = random(3, from, from);

    Dataset after = resized(to, before);

    for (int channel = 0; channel < 3; channel++) {
      // values in [0, 1], each rounded once to float32
      assertThat(mean(after, channel)).isCloseTo(mean(before, channel), within(Math.ulp(1f) / 2.0));
    }
  }

  @Test
  void sameSizeAndGreyOfGreyChangeNothing() {
    Dataset images = random(1, 5, 5);

    assertThat(new ImageTransform(true, Optional.of(5)).apply(pair(images)).train())
        .isSameAs(images);
    assertThat(ImageTransform.NONE.apply(pair(images)).train()).isSameAs(images);
  }

  @Test
  void imagesThatAreNoSquareBecomeOne() {
    Dataset square = resized(2, images(1, 2, 4, 1, 3, 5, 7, 2, 2, 4, 4));

    assertThat(square.imageShape()).containsExactly(1, 2, 2);
    assertThat(DataFiles.row(square, 0)).containsExactly(2, 6, 2, 4);
  }

  @Test
  void greyIsTheLumaOfTheThreeChannels() {
    Dataset grey = grey(images(3, 1, 2, 1, 0, 0, 1, 0.5f, 1));

    assertThat(grey.imageShape()).containsExactly(1, 1, 2);
    assertThat(DataFiles.row(grey, 0))
        .containsExactly((float) (0.299 + 0.5 * 0.114), (float) (0.587 + 0.114));
    assertThat(DataFiles.row(grey(images(3, 1, 1, 1, 1, 1)), 0)[0]).isCloseTo(1, within(1e-7f));
  }

  @Test
  void greyAndSizeCommute() {
    Dataset images = random(3, 8, 8);

    float[] together =
        DataFiles.row(transformed(new ImageTransform(true, Optional.of(3)), images), 1);
    float[] apart = DataFiles.row(grey(resized(3, images)), 1);

    for (int i = 0; i < together.length; i++) {
      // the second way rounds to float32 twice
      assertThat(together[i]).isCloseTo(apart[i], within(2 * Math.ulp(1f)));
    }
  }

  @Test
  void whatIsNoImageOrTooSmallIsRefused() {
    assertThatThrownBy(() -> resized(6, random(1, 5, 7)))
        .isInstanceOf(DataException.class)
        .hasMessage("toy: size must be at most the 5 pixels there are, got 6");
    assertThatThrownBy(() -> grey(random(2, 5, 5)))
        .isInstanceOf(DataException.class)
        .hasMessage("toy: grey needs 1 or 3 channels, got 2");
    assertThatThrownBy(() -> resized(1, DatasetTest.regression(1, 2)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("grey and size are for images");
  }

  private static Dataset resized(int size, Dataset dataset) {
    return transformed(new ImageTransform(false, Optional.of(size)), dataset);
  }

  private static Dataset grey(Dataset dataset) {
    return transformed(new ImageTransform(true, Optional.empty()), dataset);
  }

  private static Dataset transformed(ImageTransform transform, Dataset dataset) {
    return transform.apply(pair(dataset)).train();
  }

  private static DatasetPair pair(Dataset dataset) {
    return new DatasetPair(dataset, Optional.empty());
  }

  private static double mean(Dataset dataset, int channel) {
    int area = dataset.imageShape()[1] * dataset.imageShape()[2];
    double sum = 0;
    for (int i = 0; i < area; i++) {
      sum += DataFiles.row(dataset, 0)[channel * area + i];
    }
    return sum / area;
  }

  /** Two images of uniform values. */
  private static Dataset random(int channels, int height, int width) {
    RandomStream random = RandomKey.of(3, Purpose.SYNTHETIC_DATA, 0).stream(0);
    float[] values = new float[2 * channels * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256) / 255f;
    }
    return images(channels, height, width, values);
  }

  private static Dataset images(int channels, int height, int width, float... values) {
    int length = channels * height * width;
    int count = values.length / length;
    return new Dataset(
        "toy",
        Split.TRAIN,
        new int[] {channels, height, width},
        new FloatFeatures(values, count, length),
        new int[count],
        new float[0],
        1,
        List.of("a"),
        Map.of());
  }
}
