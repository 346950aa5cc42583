package example;

import org.noisescape.nn.Layer;
import org.noisescape.testing.LayerContract;

class SoftsignContractTest extends LayerContract {
  @Override
  protected Layer layer() {
    return new Softsign();
  }

  @Override
  protected int[] input() {
    return new int[] {3, 2, 2};
  }
}
