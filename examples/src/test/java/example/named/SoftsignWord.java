package example.named;

import example.Softsign;
import org.noisescape.nn.Layer;
import org.noisescape.nn.LayerArguments;
import org.noisescape.nn.LayerProvider;

/** {@code softsign} in networks that are written out. */
public final class SoftsignWord implements LayerProvider {
  @Override
  public String usage() {
    return "softsign";
  }

  @Override
  public String description() {
    return "x/(1 + |x|)";
  }

  @Override
  public Layer build(LayerArguments arguments) {
    return new Softsign();
  }
}
