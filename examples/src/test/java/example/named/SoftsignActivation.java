package example.named;

import example.Softsign;
import org.noisescape.nn.ActivationProvider;
import org.noisescape.nn.Layer;

/** {@code softsign}, as in {@code mlp:100,100:activation=softsign}. */
public final class SoftsignActivation implements ActivationProvider {
  @Override
  public String usage() {
    return "softsign";
  }

  @Override
  public String description() {
    return "x/(1 + |x|)";
  }

  @Override
  public Layer layer() {
    return new Softsign();
  }
}
