package example;

import org.noisescape.nn.Layer;
import org.noisescape.testing.LayerContract;

class ProjectionContractTest extends LayerContract {
  @Override
  protected Layer layer() {
    return new Projection(4);
  }

  @Override
  protected int[] input() {
    return new int[] {5};
  }
}
