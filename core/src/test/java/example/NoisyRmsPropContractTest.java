package example;

import java.util.List;
import org.noisescape.optim.UpdateRule;
import org.noisescape.testing.RuleContract;

class NoisyRmsPropContractTest extends RuleContract {
  @Override
  protected List<UpdateRule> rules() {
    return List.of(new NoisyRmsProp(0.9, 1e-3, 0.5));
  }
}
