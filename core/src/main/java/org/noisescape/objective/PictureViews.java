package org.noisescape.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.noisescape.random.Purpose;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Tensor;
import org.noisescape.tensor.ViewGeometry;

/**
 * Gathers mini-batches of augmented pictures.
 *
 * <p>The view of a sample is a function of (seed, purpose, replica, sample, epoch) alone: the same
 * whatever else is in its mini-batch.
 */
public final class PictureViews {
  /**
   * What views are drawn from.
   *
   * @param purpose what for
   * @param seed of the run
   * @param firstReplica number of the first replica within the run
   */
  public record Draws(Purpose purpose, long seed, int firstReplica) {}

  private final ResidentData data;
  private final Engine engine;
  private final ViewGeometry geometry;
  private final Tensor pictures;
  private final Tensor views;
  private final Tensor border;
  private final Tensor keys;
  private final Tensor step;
  private final List<Runnable> changes = new ArrayList<>();

  /**
   * Reserves memory.
   *
   * @param augmentation what is done
   * @param data where pictures come from
   * @param draws what views are drawn from
   * @param pictures where they are put, (R, B, D)
   * @param step (2) int32, which step it is
   * @throws IllegalArgumentException in one line where the augmentation does not suit the data
   */
  public PictureViews(
      Augmentation augmentation, ResidentData data, Draws draws, Tensor pictures, Tensor step) {
    Arena arena = pictures.arena();
    int[] image = data.source().imageShape();
    this.data = data;
    this.engine = arena.engine();
    this.geometry = augmentation.views(image, data.network().takesImages());
    this.pictures = pictures.reshape(pictures.dim(0), pictures.dim(1), geometry.size());
    this.step = step;
    this.views = arena.reserve(DType.INT32, pictures.dim(0), pictures.dim(1), ViewGeometry.NUMBERS);
    this.border = arena.reserve(pictures.dtype(), 1, geometry.borderSize());
    PictureBatch batch =
        new PictureBatch(this.pictures, geometry, step, arena, draws.seed(), draws.firstReplica());
    this.keys = batch.keys(draws.purpose());
    augmentation.rules().forEach(rule -> changes.add(rule.bind(batch)));
    arena.onCommit(this::fillBorder);
  }

  private void fillBorder() {
    float[] black = data.source().black();
    double[] values = new double[black.length];
    Arrays.setAll(values, c -> black[c]);
    engine.memory().write(border, values);
  }

  /**
   * In a program: gathers pictures.
   *
   * @param indices (R, B) int32, where they are in the data set
   * @param samples (R, B) int32, what their views are drawn by: the indices, or others
   * @param stepsPerEpoch steps that draw by one number
   */
  public void gather(Tensor indices, Tensor samples, int stepsPerEpoch) {
    engine.random().drawViews(views, geometry, samples, stepsPerEpoch, keys, step);
    engine.indexing().gatherViews(data.features(), indices, views, geometry, border, pictures);
    for (int i = 0; i < changes.size(); i++) {
      changes.get(i).run();
    }
  }
}
