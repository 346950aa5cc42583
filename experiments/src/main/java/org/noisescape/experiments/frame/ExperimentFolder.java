package org.noisescape.experiments.frame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.noisescape.files.Fields;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.JsonFile;
import org.noisescape.report.Figure;
import org.noisescape.report.FigureFiles;
import org.noisescape.report.RunReport;
import org.noisescape.runs.RunDirectory;
import org.noisescape.tensor.EngineOptions;
import org.noisescape.tensor.Precision;
import org.noisescape.train.Version;

/**
 * The run folder of an experiment while it runs: new, or one that was interrupted.
 *
 * <p>{@code manifest.json} says what was asked for; an interrupted experiment goes on only with the
 * same request and data, a finished one is left alone.
 */
public final class ExperimentFolder implements AutoCloseable {
  private static final String THREADS = "threads";
  private static final String ENGINE = "engine";

  private final RunDirectory directory;
  private final boolean fresh;

  private ExperimentFolder(RunDirectory directory, boolean fresh) {
    this.directory = directory;
    this.fresh = fresh;
  }

  /** A request was only to be looked at: it makes sense, and nothing is left of it. */
  public static final class NotBegun extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotBegun() {
      super("a request that is only looked at does not begin", null, false, false);
    }
  }

  /**
   * Makes or reopens the folder of a request and locks it.
   *
   * @param experiment the experiment
   * @param request its call
   * @param settings all settings
   * @param digests file → digest of all data
   * @throws IllegalArgumentException in one line where the folder holds something else
   * @throws NotBegun where the request is only looked at; an experiment sees whether its request
   *     makes sense before it asks for the folder
   */
  public static ExperimentFolder open(
      Experiment experiment,
      ExperimentRequest request,
      Settings settings,
      Map<String, String> digests) {
    Path out = request.out();
    ObjectNode asked = asked(experiment, request, settings, digests);
    if (Files.exists(out.resolve(ExperimentOutcome.FILE))) {
      throw new IllegalArgumentException(
          "%s holds a finished run of %s: look at %s, or choose another folder with --out"
              .formatted(out, ExperimentOutcome.read(out).id(), out.resolve("report.html")));
    }
    boolean interrupted = Files.exists(out.resolve(RunDirectory.MANIFEST));
    if (request.isCheckOnly()) {
      throw new NotBegun();
    }
    RunDirectory directory = interrupted ? RunDirectory.open(out) : RunDirectory.create(out);
    try {
      ObjectNode manifest = interrupted ? resumed(out, asked) : asked;
      ObjectNode sitting = interrupted ? manifest.withArray("resumed").addObject() : manifest;
      describeSitting(sitting, experiment, request);
      JsonFile.write(out.resolve(RunDirectory.MANIFEST), manifest);
    } catch (IOException e) {
      directory.close();
      throw new UncheckedIOException(FileErrors.line(e), e);
    } catch (IllegalArgumentException e) {
      directory.close();
      throw e;
    }
    return new ExperimentFolder(directory, !interrupted);
  }

  /**
   * CPU threads of the experiment that was begun in a folder, where there is one that says so.
   *
   * @throws org.noisescape.files.WrongFile where the manifest is none
   */
  public static OptionalInt threads(Path out) {
    if (!Files.exists(out.resolve(RunDirectory.MANIFEST))) {
      return OptionalInt.empty();
    }
    Path file = InputFile.within(out, RunDirectory.MANIFEST);
    ObjectNode stored = JsonFile.object(file);
    Version.requireReadable(file, stored);
    Fields manifest = Fields.of(file, stored);
    return manifest.has(THREADS)
        ? OptionalInt.of((int) manifest.integer(THREADS, 1, EngineOptions.MOST_THREADS))
        : OptionalInt.empty();
  }

  /** The folder. */
  public Path path() {
    return directory.path();
  }

  /** Writes what readers look at: figures, the outcome and the report. */
  public ExperimentOutcome finish(List<Figure> figures, ExperimentOutcome outcome)
      throws IOException {
    FigureFiles.write(path(), figures);
    outcome.write(path());
    RunReport.write(List.of(path()), path().resolve(RunReport.FILE));
    return outcome;
  }

  /** Unlocks the folder, and takes it back where it is new and nothing was computed. */
  @Override
  public void close() {
    if (fresh) {
      directory.discardIfOnly(RunDirectory.MANIFEST);
    }
    directory.close();
  }

  /** The command that makes a request, without its data folder. */
  public static List<String> commandLine(Experiment experiment, ExperimentRequest request) {
    List<String> words = new ArrayList<>(List.of("noisescape"));
    words.addAll(words(experiment, request));
    words.addAll(List.of("--out", request.out().toString()));
    return words;
  }

  /** The words of a request after the program's name, without its folders. */
  static List<String> words(Experiment experiment, ExperimentRequest request) {
    List<String> words =
        new ArrayList<>(List.of("run", experiment.id(), "--preset", request.preset().label()));
    request.settings().forEach((key, value) -> words.addAll(List.of("--set", key + "=" + value)));
    request.dataset().ifPresent(dataset -> words.addAll(List.of("--dataset", dataset)));
    words.addAll(List.of("--seed", Long.toString(request.seed())));
    if (experiment.usesEngine()) {
      words.addAll(List.of("--engine", request.engine()));
      words.addAll(List.of("--precision", request.precision().label()));
    }
    return words;
  }

  private static ObjectNode asked(
      Experiment experiment,
      ExperimentRequest request,
      Settings settings,
      Map<String, String> digests) {
    ObjectNode manifest = JsonFile.MAPPER.createObjectNode();
    manifest.put("kind", "experiment");
    manifest.put("id", experiment.id());
    manifest.put("title", experiment.title());
    manifest.put("source", experiment.source());
    manifest.put("preset", request.preset().label());
    manifest.put("seed", request.seed());
    if (experiment.usesEngine()) {
      manifest.put(ENGINE, request.engine());
      manifest.put("precision", request.precision().label());
    }
    manifest.put(THREADS, request.threads());
    if (request.share() instanceof BlockShare share) {
      manifest.put(EnsembleBlocks.KEY, share.block().text());
    }
    ObjectNode values = manifest.putObject("settings");
    settings.all().forEach(values::put);
    ObjectNode data = manifest.putObject("data");
    digests.forEach(data::put);
    return manifest;
  }

  private static void describeSitting(
      ObjectNode node, Experiment experiment, ExperimentRequest request) {
    Version version = Version.current();
    node.put(Version.KEY, version.number());
    node.put("commit", version.commit());
    node.put("started", Instant.now().toString());
    commandLine(experiment, request).forEach(node.putArray("command_line")::add);
    node.put("java", Runtime.version().toString());
    node.put(
        "system",
        "%s %s, %s, %d processors"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()));
  }

  private static ObjectNode resumed(Path out, ObjectNode asked) {
    Path file = InputFile.within(out, RunDirectory.MANIFEST);
    ObjectNode stored = JsonFile.object(file);
    Version.requireReadable(file, stored);
    Fields.of(file, stored).objects("resumed");
    if (!stored.path("kind").asText().equals("experiment")) {
      throw new IllegalArgumentException(
          out + " holds a training run, not an experiment: choose another folder with --out");
    }
    String block = stored.path(EnsembleBlocks.KEY).asText();
    if (!block.equals(asked.path(EnsembleBlocks.KEY).asText())) {
      throw new IllegalArgumentException(
          out + " holds a block of replicas of another run: choose another folder with --out");
    }
    Map<String, JsonNode> then = flat(stored);
    for (Map.Entry<String, JsonNode> now : flat(asked).entrySet()) {
      JsonNode before = then.get(now.getKey());
      // by text: a number read back may have another node type
      if (before == null || !before.asText().equals(now.getValue().asText())) {
        throw new IllegalArgumentException(
            "%s holds an interrupted run with another %s: it has %s, got %s; repeat its command, or choose another folder with --out"
                .formatted(out, now.getKey(), before == null ? "none" : before, now.getValue()));
      }
    }
    return stored;
  }

  /**
   * What decides the results: id, preset, seed, engine, threads, precision, settings, data, in this
   * order; without engine and precision where an experiment has no use for them.
   */
  static Map<String, JsonNode> flat(JsonNode manifest) {
    Map<String, JsonNode> values = new LinkedHashMap<>();
    boolean onEngine = manifest.has(ENGINE);
    for (String key : List.of("id", "preset", "seed", ENGINE, THREADS)) {
      if (onEngine || !key.equals(ENGINE)) {
        values.put(key, manifest.path(key));
      }
    }
    if (onEngine) {
      // manifests from before there was a choice say nothing
      String precision = manifest.path("precision").asText(Precision.FLOAT32.label());
      values.put("precision", TextNode.valueOf(precision));
    }
    for (String group : List.of("settings", "data")) {
      manifest
          .path(group)
          .properties()
          .forEach(entry -> values.put(group + " " + entry.getKey(), entry.getValue()));
    }
    return values;
  }
}
