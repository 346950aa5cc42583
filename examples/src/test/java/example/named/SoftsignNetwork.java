package example.named;

import example.Projection;
import example.Softsign;
import org.noisescape.nn.Dense;
import org.noisescape.nn.ModelProvider;
import org.noisescape.nn.Network;
import org.noisescape.nn.Sequential;
import org.noisescape.registry.Named;

/** {@code softsign-net:WIDTH}: a projection, softsign, a dense layer. */
public final class SoftsignNetwork implements ModelProvider {
  @Override
  public String usage() {
    return "softsign-net:4";
  }

  @Override
  public String description() {
    return "a hidden layer without bias, softsign";
  }

  @Override
  public Network build(String specification, int[] image, int outputs) {
    int width = Integer.parseInt(Named.argumentsOf(specification));
    return new Network(
        specification,
        Sequential.of(new Projection(width), new Softsign(), new Dense(outputs)),
        new int[] {image[0] * image[1] * image[2]});
  }
}
