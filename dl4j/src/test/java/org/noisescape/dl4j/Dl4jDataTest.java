package org.noisescape.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.noisescape.objective.SampleSource;
import org.noisescape.testing.ArraySamples;

/** Samples go to DL4J and come back as they were. */
class Dl4jDataTest {
  private static final SampleSource PICTURES = ArraySamples.normal(1, 11, new int[] {2, 3, 4}, 3);

  private static float[] features(SampleSource samples) {
    int[] image = samples.imageShape();
    float[] all = new float[samples.size() * image[0] * image[1] * image[2]];
    samples.copyFeatures(0, samples.size(), all);
    return all;
  }

  private static float[] targets(SampleSource samples) {
    float[] all = new float[samples.size() * samples.outputs()];
    samples.copyTargets(0, samples.size(), all);
    return all;
  }

  @Test
  void anIteratorOfOursReadBackIsTheSamples() {
    SampleIterator iterator = Dl4jData.iterator(PICTURES, 4);
    iterator.next();
    SampleSource back = Dl4jData.samples(iterator);
    assertThat(back.size()).isEqualTo(11);
    assertThat(back.imageShape()).containsExactly(2, 3, 4);
    assertThat(back.outputs()).isEqualTo(3);
    assertThat(back.hasClasses()).isTrue();
    assertThat(features(back)).containsExactly(features(PICTURES));
    assertThat(targets(back)).containsExactly(targets(PICTURES));
    SampleSource rows = Dl4jData.samples(Dl4jData.iterator(PICTURES, 4).flat());
    assertThat(rows.imageShape()).containsExactly(24, 1, 1);
    assertThat(features(rows)).containsExactly(features(PICTURES));
  }

  @Test
  void batchesAreChannelsFirstAndTheLastMayBeSmaller() {
    SampleIterator iterator = Dl4jData.iterator(PICTURES, 4);
    List<Long> sizes = new ArrayList<>();
    float[] all = features(PICTURES);
    INDArray first = iterator.next().getFeatures();
    assertThat(first.shape()).containsExactly(4, 2, 3, 4);
    assertThat(first.getFloat(3, 1, 2, 0)).isEqualTo(all[3 * 24 + 12 + 2 * 4]);
    iterator.reset();
    iterator.forEachRemaining(batch -> sizes.add(batch.getFeatures().size(0)));
    assertThat(sizes).containsExactly(4L, 4L, 3L);
    assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    assertThat(iterator.inputColumns()).isEqualTo(24);
    assertThat(iterator.totalOutcomes()).isEqualTo(3);
    assertThat(iterator.batch()).isEqualTo(4);
  }

  @Test
  void everyEpochHasAllSamplesInAnOrderOfItsOwnThatTheSeedTells() {
    SampleIterator iterator = Dl4jData.iterator(PICTURES, 4).flat().shuffled(5);
    List<float[]> epochs = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      epochs.add(features(Dl4jData.samples(iterator)));
    }
    SampleIterator again = Dl4jData.iterator(PICTURES, 4).flat().shuffled(5);
    assertThat(features(Dl4jData.samples(again))).containsExactly(epochs.get(0));
    assertThat(epochs.get(1)).isNotEqualTo(epochs.get(0));
    for (float[] epoch : epochs) {
      float[] sorted = epoch.clone();
      float[] expected = features(PICTURES);
      Arrays.sort(sorted);
      Arrays.sort(expected);
      assertThat(sorted).containsExactly(expected);
    }
    // features and targets stay together
    SampleSource shuffled = Dl4jData.samples(again);
    float[] one = new float[24];
    float[] target = new float[3];
    float[] own = new float[24];
    float[] wanted = new float[3];
    shuffled.copyFeatures(0, 1, one);
    shuffled.copyTargets(0, 1, target);
    for (int n = 0; n < 11; n++) {
      PICTURES.copyFeatures(n, 1, own);
      PICTURES.copyTargets(n, 1, wanted);
      if (Arrays.equals(own, one)) {
        assertThat(target).containsExactly(wanted);
      }
    }
  }

  @Test
  void realNumbersToBeMetAreNoClasses() {
    INDArray x = Nd4j.rand(DataType.DOUBLE, 6, 3);
    INDArray y = Nd4j.rand(DataType.DOUBLE, 6, 2);
    SampleSource samples =
        Dl4jData.samples(new ListDataSetIterator<>(new DataSet(x, y).asList(), 4));
    assertThat(samples.hasClasses()).isFalse();
    assertThat(targets(samples))
        .containsExactly(y.castTo(DataType.FLOAT).dup('c').data().asFloat());
  }

  @Test
  void whatIsNoBatchOfSamplesIsOneLine() {
    INDArray y = Nd4j.ones(6, 2);
    assertThatThrownBy(() -> read(new DataSet(Nd4j.ones(6, 3, 4), y)))
        .hasMessage(
            "a batch of DL4J's iterator has features [6, 3, 4] and labels [6, 2]: (N, D) or (N, C, H,"
                + " W) and (N, K) are read");
    assertThatThrownBy(() -> read(new DataSet(Nd4j.ones(6, 3), y, null, Nd4j.ones(6, 1))))
        .hasMessageContaining("has masks");
    assertThatThrownBy(() -> read(new DataSet(Nd4j.ones(6, 3), y), new DataSet(Nd4j.ones(6, 4), y)))
        .hasMessage(
            "a batch of DL4J's iterator has samples [4, 1, 1] with 2 labels, one before it [3, 1, 1]"
                + " with 2");
    assertThatThrownBy(() -> Dl4jData.iterator(PICTURES, 0))
        .hasMessage("a batch needs at least 1 sample, got 0");
  }

  private static SampleSource read(DataSet... batches) {
    return Dl4jData.samples(new ExistingDataSetIterator(List.of(batches)));
  }
}
