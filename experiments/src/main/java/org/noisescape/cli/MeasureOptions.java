package org.noisescape.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.noisescape.quantities.ProbePreset;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.runs.TrainDefaults;
import org.noisescape.train.Monitor;
import org.noisescape.train.StopRule;
import picocli.CommandLine.Option;

/**
 * Options of what a training measures, and of what follows it: its end, and the best checkpoint.
 */
final class MeasureOptions {
  @Option(
      names = "--probe",
      paramLabel = "NAME[:K][:of=average][:every=WHEN]",
      description =
          "what to measure, see 'list probes'; WHEN is 100 (steps), 1epoch or log1.5; of=average"
              + " measures at the mean that ema, polyak or swa keeps; may be repeated (default: "
              + TrainDefaults.PROBE
              + " once an epoch)")
  private List<String> probes;

  @Option(
      names = "--probes",
      paramLabel = "PRESET[:every=WHEN]",
      description =
          "besides, the probes of Cockpit's economy, business or full, see 'list probes'; what they"
              + " cost is in docs/instruments.md")
  private String preset;

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
    if (probes != null || preset != null) {
      List<String> named = probes == null ? List.of(TrainDefaults.PROBE) : probes;
      List<ProbeSchedule> schedules = new ArrayList<>();
      named.forEach(probe -> schedules.add(ProbeSchedule.parse(probe)));
      if (preset != null) {
        schedules.addAll(ProbePreset.parse(preset));
      }
      for (ProbeSchedule schedule : schedules) {
        if (Collections.frequency(schedules, schedule) > 1) {
          throw new IllegalArgumentException(
              "--probe %s:every=%s is given twice: leave one out"
                  .formatted(schedule.name(), schedule.every()));
        }
      }
      given.put("probes", schedules);
    }
    if (stopWhen != null) {
      List<String> rules = stopWhen.stream().map(rule -> StopRule.parse(rule).text()).toList();
      given.put("stop_when", rules);
    }
    if (keepBest != null) {
      given.put("keep_best", Monitor.parse(keepBest).text());
    }
  }
}
