package org.noisescape.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.QuantityRequest;
import org.noisescape.quantities.StateProbe;
import org.noisescape.runs.CheckpointProbe;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.StepCost;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainedModel;
import org.noisescape.runs.TrainingSession;
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
final class ModelCommand implements Callable<Integer>, ConfigurationText.Defaults {
  private final Console console;
  private final StopSignal stop;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "see 'list models' and 'list layers'; takes the place of --model")
  private String model;

  @Mixin private SampleOptions data;

  @Mixin(name = "model")
  private NetworkOptions network;

  @Mixin(name = "training")
  private StepOptions steps;

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
    stop.heed(() -> {});
    List<QuantityRequest> wanted =
        measure == null ? List.of() : QuantityRequest.parseAll(List.of(measure.split(",", -1)));
    ProgressListener progress = compute.progress(console);
    TrainedModel initial;
    try {
      progress.started(TrainingSession.READING);
      initial =
          TrainedModel.initial(
              configuration(),
              compute.details(console),
              compute.dataOfRun(console, new DataReading(progress, stop)));
    } finally {
      progress.finished();
    }
    console.notes(initial.configuration().model());
    ModelTable table = new ModelTable(console.out(), initial);
    table.layers();
    table.step(measure == null ? StepCost.planned(initial) : StepCost.timed(initial));
    if (wanted.isEmpty()) {
      table.quantities();
      return CommandRunner.FINE;
    }
    ProbeOptions options = ProbeOptions.training(initial.configuration().seed(), compute.threads());
    console.out().printf("%nbefore training, on %d samples%n", initial.train().size());
    List<StateProbe.Result> results;
    try {
      results =
          new CheckpointProbe(initial, options)
              .measure(
                  wanted,
                  compute.details(console),
                  new ProbeProgress(progress, options.products(), TaskProgress::seconds),
                  stop::requested);
    } finally {
      progress.finished();
    }
    new ProbeTable(console.out()).print(results);
    return stop.requested() ? CommandRunner.INTERRUPTED : CommandRunner.FINE;
  }

  private TrainConfiguration configuration() {
    Map<String, Object> given = new LinkedHashMap<>();
    data.collect(given);
    network.collect(given);
    DataOptions.put(given, "model", model);
    if (!given.containsKey("model")) {
      throw new IllegalArgumentException(
          "which model? name one as in 'noisescape model mlp:100', see 'list models'");
    }
    steps.collect(given);
    compute.collect(given);
    return TrainConfiguration.defaults().with(given);
  }

  @Override
  public List<GivenOption> effective() {
    return TrainOptionNames.options(configuration(), "");
  }
}
