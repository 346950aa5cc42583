package org.noisescape.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.noisescape.quantities.ProbeDefaults;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.QuantityRequest;
import org.noisescape.quantities.StateProbe;
import org.noisescape.registry.KnownName;
import org.noisescape.runs.CheckpointProbe;
import org.noisescape.runs.ProgressListener;
import org.noisescape.runs.TrainConfiguration;
import org.noisescape.runs.TrainDefaults;
import org.noisescape.runs.TrainedModel;
import org.noisescape.runs.TrainingSession;
import org.noisescape.train.ParameterFormats;
import org.noisescape.train.TensorMatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code probe}: measures quantities at a checkpoint. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures quantities at a checkpoint, over the data it was trained on.")
final class ProbeCommand implements Callable<Integer> {
  private final Console console;
  private final StopSignal stop;
  @Mixin private ComputeOptions compute;
  @Mixin private ConfigurationOptions configuration;

  @Mixin private CheckpointChoice choice;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "the file is another program's, of this model, see 'list models' and 'list layers'; with"
              + " the next options for the data")
  private String foreign;

  @Mixin private DataOptions data;

  @Option(
      names = "--match",
      paramLabel = "HOW",
      description = NetworkOptions.MATCHES + " (default: names)")
  private String match;

  @Option(
      names = "--quantities",
      paramLabel = "NAME[:K]",
      defaultValue = "loss,gradient-norm,noise-strength",
      description = "see 'list quantities', with commas between (default: ${DEFAULT-VALUE})")
  private String quantities;

  @Option(
      names = "--update-bn",
      description =
          "first take the running statistics of batch normalisations anew, over the training data at"
              + " these parameters, as torch.optim.swa_utils.update_bn does")
  private boolean freshStatistics;

  @Option(
      names = "--block",
      paramLabel = "K",
      description = "vectors of one product (default: " + ProbeDefaults.BLOCK + ")")
  private int block = ProbeDefaults.BLOCK;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "seed of the random vectors (default: " + ProbeDefaults.SEED + ")")
  private long seed = ProbeDefaults.SEED;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description =
          "what counts as converged: residual over the largest eigenvalue (default: "
              + ProbeDefaults.RESIDUAL
              + "), and relative standard error of random estimates (default: "
              + ProbeDefaults.RELATIVE_ERROR
              + ")")
  private Double tolerance;

  @Option(
      names = "--max-products",
      paramLabel = "N",
      description =
          "products with a vector that one quantity may use (default: "
              + ProbeDefaults.PRODUCTS
              + ")")
  private int products = ProbeDefaults.PRODUCTS;

  @Option(
      names = "--memory",
      paramLabel = "GIB",
      description =
          "for activations kept between products, and for each dense matrix (default: "
              + ProbeDefaults.MEMORY
              + ")")
  private double memory = ProbeDefaults.MEMORY;

  @Option(
      names = "--allow-changed-data",
      description = "measure although a data file is not what it was at the training, and say so")
  private boolean changedAllowed;

  @Option(names = "--json", description = "one JSON object on standard output, nothing else")
  private boolean json;

  ProbeCommand(Console console, StopSignal stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    stop.heed(() -> {});
    List<QuantityRequest> wanted = QuantityRequest.parseAll(List.of(quantities.split(",", -1)));
    ProbeOptions options = options();
    Map<String, Object> replaced = new LinkedHashMap<>();
    compute.collect(replaced);
    replaced.put("threads", compute.threads());
    choice.check();
    requireKnownRun(wanted);
    ProgressListener progress = compute.progress(console);
    TrainedModel stored;
    try {
      progress.started(TrainingSession.READING);
      stored = stored(replaced, new DataReading(progress, stop));
    } finally {
      progress.finished();
    }
    TrainedModel at = choice.isAverage() ? stored.averaged() : stored;
    requireSameData(at);
    TrainedModel model = freshStatistics ? at.withFreshStatistics() : at;
    List<StateProbe.Result> results;
    try {
      results =
          new CheckpointProbe(model, options)
              .measure(
                  wanted,
                  compute.details(console),
                  new ProbeProgress(progress, products, TaskProgress::seconds),
                  stop::requested);
    } finally {
      progress.finished();
    }
    if (json) {
      console.out().println(ProbeJson.of(results, model.dataChange(), stop.requested()));
    } else {
      String what =
          (choice.isDefault() ? "" : ", " + choice.of())
              + (freshStatistics ? ", batch statistics anew" : "");
      console.out().printf("%s, step %d%s%n", model.file(), model.step(), what);
      model.dataChange().ifPresent(change -> console.out().println("data changed: " + change));
      new ProbeTable(console.out()).print(results);
    }
    if (stop.requested()) {
      console.err().printf("stopped: %d of %d quantities%n", results.size(), wanted.size());
      return CommandRunner.INTERRUPTED;
    }
    return CommandRunner.FINE;
  }

  private TrainedModel stored(Map<String, Object> replaced, DataReading reading) {
    Map<String, Object> given = new LinkedHashMap<>();
    data.collect(given);
    Optional<String> network = network();
    if (network.isEmpty()) {
      if (!given.isEmpty() || match != null) {
        throw new IllegalArgumentException(
            "--dataset, --subset, --target, --normalize, --loss and --match go with --model:"
                + " a checkpoint of a run says itself what it was trained on");
      }
      Path checkpoint = choice.withSidecar("name the network with --model");
      return TrainedModel.open(checkpoint, replaced, compute.dataOfRun(console, reading));
    }
    given.put("model", network.get());
    // nothing is trained, so that no batch can be too large
    given.put("batch", 1);
    given.putAll(replaced);
    String how =
        KnownName.require(
            "way to match", match == null ? TrainDefaults.MATCH : match, TensorMatch.labels());
    TrainConfiguration whole = TrainConfiguration.defaults().with(given);
    console.notes(network.get());
    return TrainedModel.foreign(
        choice.file(),
        whole,
        TensorMatch.parse(how),
        console.err()::println,
        compute.dataOfRun(console, reading));
  }

  /** The model of another program's file: as named, or as the file itself holds it. */
  private Optional<String> network() {
    return foreign == null ? ParameterFormats.model(choice.file()) : Optional.of(foreign);
  }

  private void requireSameData(TrainedModel model) {
    if (model.dataChange().isPresent() && !changedAllowed) {
      throw new IllegalArgumentException(
          ("%s was trained on other data: %s: restore the file, name the folder of the data with"
                  + " --data-dir, or measure anyway with --allow-changed-data")
              .formatted(model.file(), model.dataChange().get()));
    }
  }

  private ProbeOptions options() {
    return new ProbeOptions(
        block,
        seed,
        tolerance == null ? ProbeDefaults.RESIDUAL : tolerance,
        tolerance == null ? ProbeDefaults.RELATIVE_ERROR : tolerance,
        products,
        ProbeOptions.bytes(memory),
        compute.threads());
  }

  /** Of another program's file neither optimizer nor mini-batches are known. */
  private void requireKnownRun(List<QuantityRequest> wanted) {
    if (network().isEmpty()) {
      return;
    }
    if (freshStatistics || !choice.isDefault()) {
      throw new IllegalArgumentException(
          "--of and --update-bn do not go with --model: they are for checkpoints of a run");
    }
    wanted.stream()
        .filter(request -> request.quantity().measure().isPreconditioned())
        .findFirst()
        .ifPresent(
            request -> {
              throw new IllegalArgumentException(
                  request.text()
                      + " does not go with --model: the state of the optimizer is not known");
            });
  }
}
