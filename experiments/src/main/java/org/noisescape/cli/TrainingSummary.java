package org.noisescape.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import org.noisescape.runs.TrainingResult;
import org.noisescape.train.TrainingEvent.Diverged;

/** What the terminal shows when training ends. */
final class TrainingSummary {
  private final Console console;

  TrainingSummary(Console console) {
    this.console = console;
  }

  /** Prints how it ended and returns the exit code. */
  int print(TrainingResult result) {
    if (result.divergence().isPresent()) {
      console.err().println("error: " + divergence(result, result.divergence().get()));
      return CommandRunner.FAILED;
    }
    for (JsonNode line : result.last()) {
      measurement(line, result.last().size() > 1);
    }
    result.watched().forEach(console.out()::println);
    console.out().printf("run             %s%n", result.directory());
    return switch (result.outcome()) {
      case COMPLETED -> {
        console.out().printf("next            %s%n", console.command("report", result.directory()));
        yield CommandRunner.FINE;
      }
      case STOPPED -> {
        console
            .err()
            .printf(
                "stopped at step %d of %d; continue with: %s%n",
                result.step(),
                result.steps(),
                console.command("train --resume", result.directory()));
        yield CommandRunner.INTERRUPTED;
      }
      case DIVERGED -> CommandRunner.FAILED;
    };
  }

  private void measurement(JsonNode line, boolean replicated) {
    String replica = replicated ? ", replica " + line.path("replica").asInt() : "";
    console
        .out()
        .printf(
            Locale.ROOT,
            "epoch           %s (step %d%s)%n",
            number(line, "epoch").orElse("?"),
            line.path("step").asLong(),
            replica);
    row(line, "train", "train_loss", "train_accuracy");
    row(line, "test", "test_loss", "test_accuracy");
    row(line, "validation", "validation_loss", "validation_accuracy");
    number(line, "noise_strength")
        .ifPresent(
            value ->
                console
                    .out()
                    .printf(
                        "noise strength  %s%s%n",
                        value,
                        number(line, "noise_strength_standard_error")
                            .map(error -> " +- " + error)
                            .orElse("")));
    number(line, "gradient_norm_squared")
        .ifPresent(value -> console.out().printf("gradient norm^2 %s%n", value));
  }

  private void row(JsonNode line, String name, String loss, String accuracy) {
    number(line, loss)
        .ifPresent(
            value ->
                console
                    .out()
                    .printf(
                        "%-15s loss %s%s%n",
                        name,
                        value,
                        number(line, accuracy).map(share -> ", accuracy " + share).orElse("")));
  }

  private static Optional<String> number(JsonNode line, String key) {
    return line.path(key).isNumber()
        ? Optional.of(String.format(Locale.ROOT, "%.5g", line.path(key).asDouble()))
        : Optional.empty();
  }

  private String divergence(TrainingResult result, Diverged diverged) {
    String where =
        diverged.since() == diverged.step()
            ? "at step " + diverged.step()
            : "between steps " + diverged.since() + " and " + diverged.step();
    String kept =
        result
            .checkpoint()
            .map(step -> "last good checkpoint: step " + step + ", " + result.checkpointFile())
            .orElse("no checkpoint was written before");
    String how =
        diverged.exploded()
            ? String.format(
                Locale.ROOT,
                "grew to %.3g, more than a million times the first one,",
                diverged.loss())
            : "left the finite numbers";
    return "diverged: the loss of replica %d %s %s; %s; try a smaller --lr"
        .formatted(diverged.replica(), how, where, kept);
  }
}
