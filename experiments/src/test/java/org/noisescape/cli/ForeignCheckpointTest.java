package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.files.JsonFile;

/** A checkpoint of PyTorch is measured as PyTorch does; the goldens' recipe lies beside them. */
class ForeignCheckpointTest {
  private static final String MODEL =
      "net: conv 3 3x3 pad=1, relu, maxpool 2, conv 4 3x3 bias=no, batchnorm, tanh, flatten, linear";

  @ParameterizedTest
  @CsvSource({"wrapped.safetensors, single", "half.safetensors, half"})
  void numbersAreThoseOfPyTorch(String file, String golden) throws IOException {
    CapturedRun run = probe(file);
    assertThat(run.err()).isEmpty();
    requireGolden(run, golden);
  }

  @Test
  void tensorsOfOtherNamesAreTakenByShapeAndListed() throws IOException {
    CapturedRun run = probe("renamed.safetensors", "--match", "order");
    requireGolden(run, "single");
    assertThat(run.errors())
        .containsExactly(
            "0.weight <- block0.weight",
            "0.bias <- block0.bias",
            "3.weight <- block12.weight",
            "4.weight <- block16.weight",
            "4.bias <- block16.bias",
            "7.weight <- block28.weight",
            "7.bias <- block28.bias",
            "4.running_mean <- block16.running_mean",
            "4.running_var <- block16.running_var");
  }

  private static void requireGolden(CapturedRun run, String golden) throws IOException {
    requireGolden(run, JsonFile.object(file("numbers.json")).path(golden));
  }

  /** Requires numbers by their names, to 1e-4. */
  static void requireGolden(CapturedRun run, JsonNode expected) throws IOException {
    JsonNode found = JsonFile.MAPPER.readTree(run.out());
    expected
        .properties()
        .forEach(
            entry -> {
              List<Double> values = numbers(found.path(entry.getKey()).path("value"));
              List<Double> oracle = numbers(entry.getValue());
              assertThat(values).as(entry.getKey()).hasSameSizeAs(oracle);
              for (int i = 0; i < values.size(); i++) {
                assertThat(values.get(i))
                    .as(entry.getKey())
                    .isCloseTo(oracle.get(i), within(1e-4 * Math.abs(oracle.get(i))));
              }
            });
  }

  private static List<Double> numbers(JsonNode node) {
    List<Double> numbers = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(one -> numbers.add(one.doubleValue()));
    } else {
      numbers.add(node.doubleValue());
    }
    return numbers;
  }

  @Test
  void whatDoesNotFitIsNamedOnBothSides() {
    assertThat(probe("renamed.safetensors").err())
        .contains("9 tensors of model net:", "are missing: 0.weight [3, 1, 3, 3], 0.bias [3], ")
        .contains("and 3 more; left over: block0.bias [3], block0.weight [3, 1, 3, 3], ")
        .hasLineCount(1);
    assertThat(probe("zipped.pt").err())
        .contains("is a zip file, as torch.save writes them: convert it with python3 -c")
        .hasLineCount(1);
  }

  @Test
  void optionsOfForeignFilesNeedTheirModel() {
    assertThat(CapturedRun.of("probe", file("half.safetensors").toString()).err())
        .contains("half.safetensors has no half.json beside it", "--model")
        .hasLineCount(1);
    assertThat(CapturedRun.of("probe", file("half.safetensors").toString(), "--loss", "ce").err())
        .contains("--loss")
        .contains("--model")
        .hasLineCount(1);
    assertThat(probe("half.safetensors", "--match", "luck").err())
        .contains("'luck'")
        .hasLineCount(1);
  }

  private static CapturedRun probe(String name, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "probe",
                file(name).toString(),
                "--json",
                "--quiet",
                "--model",
                MODEL,
                "--dataset",
                "idx:" + file(name).getParent() + ",classes=4",
                "--loss",
                "ce",
                "--normalize",
                "mean=0.25,std=0.5",
                "--quantities",
                "loss,gradient-norm,noise-strength,hessian-top:5"));
    words.addAll(Arrays.asList(more));
    return CapturedRun.of(words.toArray(String[]::new));
  }

  private static Path file(String name) {
    try {
      return Path.of(ForeignCheckpointTest.class.getResource("/foreign/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
