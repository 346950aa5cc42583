package org.noisescape.optim;

import java.util.List;
import org.noisescape.registry.Named;

/** An optimizer that users can name, a link of a chain; found by ServiceLoader. */
public interface OptimizerProvider extends Named {
  /**
   * The update rules.
   *
   * @param arguments what follows the colon; all that is there must be asked for
   * @throws IllegalArgumentException in one line where the arguments make no sense
   */
  List<UpdateRule> rules(RuleArguments arguments);
}
