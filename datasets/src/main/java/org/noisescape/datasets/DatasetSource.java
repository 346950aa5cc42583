package org.noisescape.datasets;

import org.noisescape.objective.SampleSource;

/** A data set under a target map, as training and measurements take it. */
public final class DatasetSource implements SampleSource {
  private final Dataset dataset;
  private final TargetMap target;
  private final FeatureNormalization normalization;
  private final int outputs;

  /**
   * The data set as it is, pixels in [0, 1].
   *
   * @throws DataException where the target does not suit the data
   */
  public DatasetSource(Dataset dataset, TargetMap target) {
    this(dataset, target, FeatureNormalization.of("none", dataset));
  }

  /**
   * The data set with its features shifted and scaled.
   *
   * @throws DataException where the target does not suit the data
   */
  public DatasetSource(Dataset dataset, TargetMap target, FeatureNormalization normalization) {
    this.dataset = dataset;
    this.target = target;
    this.normalization = normalization;
    this.outputs = target.width(dataset);
  }

  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public int[] imageShape() {
    return dataset.imageShape();
  }

  @Override
  public int outputs() {
    return outputs;
  }

  @Override
  public boolean hasClasses() {
    return target != TargetMap.VALUE;
  }

  @Override
  public void copyFeatures(int first, int count, float[] destination) {
    dataset.features().copyRows(first, count, destination, 0);
    normalization.apply(destination, count);
  }

  @Override
  public void copyTargets(int first, int count, float[] destination) {
    target.fill(dataset, first, count, destination, 0);
  }

  @Override
  public float[] black() {
    return normalization.black();
  }
}
