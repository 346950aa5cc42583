package org.noisescape.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.noisescape.runs.CheckpointProbe;
import org.noisescape.runs.Estimate;
import org.noisescape.runs.Quantity;
import org.noisescape.runs.TrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code probe}: measures quantities at a checkpoint. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures quantities at a checkpoint, over the data it was trained on.")
final class ProbeCommand implements Callable<Integer> {
  private final Console console;
  @Mixin private ComputeOptions compute;

  @Parameters(
      paramLabel = "CHECKPOINT",
      description = "a .safetensors file with its .json, or the folder of a run")
  private Path file;

  @Option(
      names = "--quantities",
      split = ",",
      paramLabel = "NAME",
      defaultValue = "loss,gradient-norm,noise-strength",
      description = "see 'list quantities' (default: ${DEFAULT-VALUE})")
  private List<String> quantities;

  @Option(names = "--json", description = "one JSON object on standard output, nothing else")
  private boolean json;

  ProbeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<Quantity> wanted =
        quantities.stream().map(String::strip).distinct().map(Quantity::of).toList();
    Map<String, Object> replaced = new LinkedHashMap<>();
    compute.collect(replaced);
    replaced.put("threads", compute.threads());
    Path checkpoint = checkpoint();
    TrainedModel model = TrainedModel.open(checkpoint, replaced, compute.dataOfRun(console));
    Map<Quantity, List<Estimate>> measured =
        new CheckpointProbe(model).measure(wanted, compute.details(console));
    if (json) {
      console.out().println(json(measured));
    } else {
      table(model, measured);
    }
    return CommandRunner.FINE;
  }

  private Path checkpoint() {
    Path last = file.resolve("checkpoints").resolve("last.safetensors");
    if (!Files.isDirectory(file)) {
      return file;
    }
    if (!Files.exists(last)) {
      throw new IllegalArgumentException(
          file + " holds no checkpoints/last.safetensors: name a .safetensors file");
    }
    return last;
  }

  private static String json(Map<Quantity, List<Estimate>> measured) {
    JsonMapper mapper = JsonMapper.builder().build();
    ObjectNode root = mapper.createObjectNode();
    measured.forEach(
        (quantity, replicas) -> {
          ObjectNode node = root.putObject(quantity.name().replace('-', '_'));
          Estimate first = replicas.getFirst();
          boolean error = replicas.stream().anyMatch(e -> !Double.isNaN(e.standardError()));
          if (replicas.size() == 1) {
            number(node, "value", first.value());
          } else {
            ArrayNode values = node.putArray("values");
            replicas.forEach(estimate -> add(values, estimate.value()));
          }
          if (error && replicas.size() == 1) {
            number(node, "standard_error", first.standardError());
          } else if (error) {
            ArrayNode errors = node.putArray("standard_error");
            replicas.forEach(estimate -> add(errors, estimate.standardError()));
          }
          node.put("exact", replicas.stream().allMatch(Estimate::exact));
          node.put("converged", replicas.stream().allMatch(Estimate::converged));
        });
    try {
      return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void number(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }

  private static void add(ArrayNode array, double value) {
    if (Double.isFinite(value)) {
      array.add(value);
    } else {
      array.addNull();
    }
  }

  private void table(TrainedModel model, Map<Quantity, List<Estimate>> measured) {
    console.out().printf("%s, step %d%n", model.file(), model.step());
    measured.forEach(
        (quantity, replicas) -> {
          for (int r = 0; r < replicas.size(); r++) {
            Estimate estimate = replicas.get(r);
            String error =
                Double.isNaN(estimate.standardError())
                    ? ""
                    : String.format(Locale.ROOT, " +- %.2g", estimate.standardError());
            String replica = replicas.size() > 1 ? "[" + r + "]" : "";
            console
                .out()
                .printf(
                    Locale.ROOT,
                    "%-24s %.6g%s%n",
                    quantity.name() + replica,
                    estimate.value(),
                    error);
          }
        });
  }
}
