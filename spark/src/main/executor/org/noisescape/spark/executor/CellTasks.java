package org.noisescape.spark.executor;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;

/** A task of Spark: the cells of a partition, one as we make them. */
public final class CellTasks implements VoidFunction<Iterator<Integer>> {
  private static final long serialVersionUID = 1;

  /** All that a task knows is the number of its cell. */
  public CellTasks() {}

  @Override
  public void call(Iterator<Integer> cells) throws Exception {
    while (cells.hasNext()) {
      CellHost.current().run(cells.next(), TaskContext.get());
    }
  }
}
