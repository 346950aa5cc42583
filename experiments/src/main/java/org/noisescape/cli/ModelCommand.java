package org.noisescape.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.QuantityRequest;
import org.noisescape.runs.CheckpointProbe;
import org.noisescape.runs.StepCost;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainDefaults;
import org.noisescape.runs.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code model}: layers, parameters, memory and cost of a network. */
@Command(
    name = "model",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows the layers of a network, its parameters, and what a step and probes cost.")
final class ModelCommand implements Callable<Integer> {
  private final Console console;
  private final StopSignal stop;

  @Parameters(paramLabel = "MODEL", description = "see 'list models' and 'list layers'")
  private String model;

  @Mixin private DataOptions data;

  @Option(
      names = "--optimizer",
      paramLabel = "RULE",
      description =
          "whose step it is, see 'list optimizers' (default: " + TrainDefaults.OPTIMIZER + ")")
  private String optimizer;

  @Option(
      names = "--batch",
      paramLabel = "B",
      description = "samples of a mini-batch (default: " + TrainDefaults.BATCH + ")")
  private Integer batch;

  @Option(
      names = "--replicas",
      paramLabel = "R",
      description = "independent runs in one program (default: " + TrainDefaults.REPLICAS + ")")
  private Integer replicas;

  @Option(
      names = "--measure",
      paramLabel = "NAME[:K]",
      description =
          "also time a step, and measure these quantities before any training, see 'list"
              + " quantities', with commas between")
  private String measure;

  @Mixin private ComputeOptions compute;
  @Mixin private ConfigurationOptions configuration;

  ModelCommand(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    stop.heed();
    List<QuantityRequest> wanted =
        measure == null ? List.of() : QuantityRequest.parseAll(List.of(measure.split(",", -1)));
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("model", model);
    data.collect(given);
    DataOptions.put(given, "optimizer", optimizer);
    DataOptions.put(given, "batch", batch);
    DataOptions.put(given, "replicas", replicas);
    compute.collect(given);
    TrainedModel initial =
        TrainedModel.initial(TrainConfiguration.defaults().with(given), compute.dataOfRun(console));
    console.notes(model);
    ModelTable table = new ModelTable(console.out(), initial);
    table.layers();
    table.step(measure == null ? StepCost.planned(initial) : StepCost.timed(initial));
    if (wanted.isEmpty()) {
      table.quantities();
      return CommandRunner.FINE;
    }
    ProbeOptions options = ProbeOptions.training(initial.configuration().seed(), compute.threads());
    console.out().printf("%nbefore training, on %d samples%n", initial.train().size());
    new ProbeTable(console.out())
        .print(
            new CheckpointProbe(initial, options)
                .measure(wanted, compute.details(console), stop::requested));
    return stop.requested() ? CommandRunner.INTERRUPTED : CommandRunner.FINE;
  }
}
