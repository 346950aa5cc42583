package org.noisescape.tensor;

/** Selection of rows and columns: mini-batches from a resident data set, channels of images. */
public abstract class Indexing {
  /**
   * out_{r,b} ← source_{indices_{r,b}}.
   *
   * <p>Shapes: source (M, D); indices (R, B) int32; out (R, B, D).
   *
   * @throws IllegalArgumentException where the engine sees an index outside {0, …, M − 1}
   */
  public final void gather(Tensor source, Tensor indices, Tensor out) {
    Check.floating("gather", "source", source);
    Check.rank("gather", "source", source, 2);
    Check.dtype("gather", "indices", indices, DType.INT32);
    Check.rank("gather", "indices", indices, 2);
    Check.dtype("gather", "out", out, source.dtype());
    Check.shape("gather", "out", out, indices.dim(0), indices.dim(1), source.dim(1));
    gatherRows(source, indices, out);
  }

  /**
   * Draws the mini-batch of a step and gathers it: indices as of {@link RandomFill#permuteIndices}
   * or {@link RandomFill#drawIndices} among the M samples, x_{r,b} ← features_{indices_{r,b}} and
   * y_{r,b} ← targets_{indices_{r,b}}; now ← step.
   *
   * <p>Shapes: keys (R, 2) int32; step, now (2) int32; indices (R, B) int32; features (M, D), x (R,
   * B, D); targets (M, K), y (R, B, K). Features and x may both be null; so may now.
   */
  public final void drawBatch(
      Sampling sampling,
      Tensor keys,
      Tensor step,
      Tensor now,
      Tensor indices,
      Tensor features,
      Tensor x,
      Tensor targets,
      Tensor y) {
    Check.dtype("drawBatch", "indices", indices, DType.INT32);
    Check.rank("drawBatch", "indices", indices, 2);
    RandomFill.keysAndStep("drawBatch", indices.dim(0), keys, step);
    if (now != null) {
      Check.dtype("drawBatch", "now", now, DType.INT32);
      Check.shape("drawBatch", "now", now, 2);
    }
    drawn("targets", targets, indices, "y", y);
    int size = targets.dim(0);
    RandomFill.batchOf("drawBatch", indices, size, sampling);
    if (features != null) {
      Check.dtype("drawBatch", "features", features, targets.dtype());
      drawn("features", features, indices, "x", x);
      if (features.dim(0) != size) {
        throw Check.wrong(
            "drawBatch", "features of %d samples, targets of %d".formatted(features.dim(0), size));
      }
    }
    computeBatch(sampling, keys, step, now, indices, features, x, targets, y);
  }

  private static void drawn(
      String name, Tensor source, Tensor indices, String outName, Tensor out) {
    Check.floating("drawBatch", name, source);
    Check.rank("drawBatch", name, source, 2);
    Check.dtype("drawBatch", outName, out, source.dtype());
    Check.shape("drawBatch", outName, out, indices.dim(0), indices.dim(1), source.dim(1));
  }

  /**
   * out_{r,b} ← the view views_{r,b} of the picture source_{indices_{r,b}}, a copy: no number is
   * computed.
   *
   * <p>Shapes: source (M, D), D that of the geometry; indices (R, B) int32; views (R, B, {@value
   * ViewGeometry#NUMBERS}) int32, within the geometry's bounds; border (1, planes · channels) of
   * the source's type, what lies around the pictures; out (R, B, D).
   *
   * @throws IllegalArgumentException where the engine sees an index outside {0, …, M − 1}
   */
  public final void gatherViews(
      Tensor source,
      Tensor indices,
      Tensor views,
      ViewGeometry geometry,
      Tensor border,
      Tensor out) {
    Check.floating("gatherViews", "source", source);
    Check.shape("gatherViews", "source", source, -1, geometry.size());
    Check.dtype("gatherViews", "indices", indices, DType.INT32);
    Check.rank("gatherViews", "indices", indices, 2);
    Check.dtype("gatherViews", "views", views, DType.INT32);
    Check.shape(
        "gatherViews", "views", views, indices.dim(0), indices.dim(1), ViewGeometry.NUMBERS);
    Check.dtype("gatherViews", "border", border, source.dtype());
    Check.shape("gatherViews", "border", border, 1, geometry.borderSize());
    Check.dtype("gatherViews", "out", out, source.dtype());
    Check.shape("gatherViews", "out", out, indices.dim(0), indices.dim(1), source.dim(1));
    computeViews(source, indices, views, geometry, border, out);
  }

  /**
   * Swaps the two inner axes: out_{r,n,j,i} ← x_{r,n,i,j}.
   *
   * <p>Shapes: x (R, N, I, J), out (R, N, J, I); not in place. Turns channels-last images into the
   * channels-first order of flattened features and back.
   */
  public final void transposeInner(Tensor x, Tensor out) {
    Check.floating("transposeInner", "x", x);
    Check.rank("transposeInner", "x", x, 4);
    Check.dtype("transposeInner", "out", out, x.dtype());
    Check.shape("transposeInner", "out", out, x.dim(0), x.dim(1), x.dim(3), x.dim(2));
    computeTranspose(x, out);
  }

  /**
   * target_{r,m,to+j} ← source_{r,m,from+j} for j &lt; count (or its sum with what the target
   * held): some columns of every row.
   *
   * <p>Shapes: source (R, M, C), target (R, M, C′); not in place. Joins channels and parts them.
   */
  public final void copyColumns(
      Tensor source, int from, Tensor target, int to, int count, Accumulation accumulation) {
    Check.floating("copyColumns", "source", source);
    Check.rank("copyColumns", "source", source, 3);
    Check.dtype("copyColumns", "target", target, source.dtype());
    Check.shape("copyColumns", "target", target, source.dim(0), source.dim(1), -1);
    columns("source", source, from, count);
    columns("target", target, to, count);
    computeColumns(source, from, target, to, count, accumulation);
  }

  private static void columns(String name, Tensor tensor, int from, int count) {
    if (from < 0 || count < 0 || from + count > tensor.dim(2)) {
      throw Check.wrong(
          "copyColumns",
          "columns %d to %d of %s do not lie in 0..%d"
              .formatted(from, from + count - 1, name, tensor.dim(2) - 1));
    }
  }

  /** Engine part of {@link #gather}. */
  protected abstract void gatherRows(Tensor source, Tensor indices, Tensor out);

  /** Engine part of {@link #drawBatch}; features and x are null, or now, where there are none. */
  protected void computeBatch(
      Sampling sampling,
      Tensor keys,
      Tensor step,
      Tensor now,
      Tensor indices,
      Tensor features,
      Tensor x,
      Tensor targets,
      Tensor y) {
    Engine engine = indices.engine();
    if (sampling == Sampling.WITH_REPLACEMENT) {
      engine.random().drawIndices(indices, targets.dim(0), keys, step);
    } else {
      engine.random().permuteIndices(indices, targets.dim(0), keys, step);
    }
    if (features != null) {
      gatherRows(features, indices, x);
    }
    gatherRows(targets, indices, y);
    if (now != null) {
      engine.memory().copy(step, now);
    }
  }

  /** Engine part of {@link #gatherViews}. */
  protected abstract void computeViews(
      Tensor source,
      Tensor indices,
      Tensor views,
      ViewGeometry geometry,
      Tensor border,
      Tensor out);

  /** Engine part of {@link #transposeInner}. */
  protected abstract void computeTranspose(Tensor x, Tensor out);

  /** Engine part of {@link #copyColumns}. */
  protected abstract void computeColumns(
      Tensor source, int from, Tensor target, int to, int count, Accumulation accumulation);
}
