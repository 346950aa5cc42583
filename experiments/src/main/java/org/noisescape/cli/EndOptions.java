package org.noisescape.cli;

import java.util.List;
import java.util.Map;
import org.noisescape.train.Monitor;
import org.noisescape.train.StopRule;
import picocli.CommandLine.Option;

/** Options of a training that follow a measured quantity: its end, and the best checkpoint. */
final class EndOptions {
  @Option(
      names = "--stop-when",
      paramLabel = "RULE",
      description =
          "end before the last epoch: test_loss:patience=5[,delta=1e-3] (early stopping) or"
              + " test_accuracy:reaches=0.94 (time to accuracy), of any measured quantity, the mean"
              + " over replicas; ,min or ,max where it is neither a loss nor an accuracy; may be"
              + " repeated, the first that applies ends the run")
  private List<String> stopWhen;

  @Option(
      names = "--keep-best",
      paramLabel = "QUANTITY",
      description =
          "keep checkpoints/best, where this measured quantity is best so far: test_loss,"
              + " test_accuracy, noise_strength:min")
  private String keepBest;

  /** Adds what the user gave, by names of the configuration. */
  void collect(Map<String, Object> given) {
    if (stopWhen != null) {
      List<String> rules = stopWhen.stream().map(rule -> StopRule.parse(rule).text()).toList();
      given.put("stop_when", rules);
    }
    if (keepBest != null) {
      given.put("keep_best", Monitor.parse(keepBest).text());
    }
  }
}
