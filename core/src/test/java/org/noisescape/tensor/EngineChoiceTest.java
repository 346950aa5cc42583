package org.noisescape.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which engine a name and a precision mean, and what is said where there is none. */
class EngineChoiceTest {
  private static final Provider GPU = new Provider("gpu", Optional.empty(), true);
  private static final Provider NO_GPU = new Provider("gpu", Optional.of("no driver"), true);
  private static final Provider CPU = new Provider("cpu", Optional.empty(), false);
  private static final Provider NO_CPU = new Provider("cpu", Optional.of("no library"), false);

  private record Provider(String name, Optional<String> unavailable, boolean tensorCores)
      implements EngineProvider {
    @Override
    public int priority() {
      return 0;
    }

    @Override
    public String description() {
      return name;
    }

    @Override
    public boolean supports(Precision precision) {
      return tensorCores || EngineProvider.super.supports(precision);
    }

    @Override
    public Engine open(EngineOptions options) {
      throw new UnsupportedOperationException();
    }
  }

  private static EngineProvider choose(
      String name, Precision precision, EngineProvider... providers) {
    return new EngineChoice(List.of(providers)).provider(name, precision);
  }

  private static void refused(
      String reason, String name, Precision precision, EngineProvider... providers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> choose(name, precision, providers))
        .withMessage(reason);
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void autoIsTheFirstThatRunsHere(Precision precision) {
    assertThat(choose("auto", precision, GPU, CPU)).isEqualTo(GPU);
    assertThat(choose("auto", Precision.FLOAT32, NO_GPU, CPU)).isEqualTo(CPU);
    assertThat(choose("auto", Precision.FLOAT64, NO_GPU, CPU)).isEqualTo(CPU);
  }

  @Test
  void autoSkipsEnginesThatLackThePrecision() {
    assertThat(choose("auto", Precision.TF32, CPU, GPU)).isEqualTo(GPU);
    refused(
        "tf32 needs engine 'gpu', which cannot run here: no driver; use precision float32",
        "auto",
        Precision.TF32,
        CPU,
        NO_GPU);
    refused("no engine has tf32: use precision float32", "auto", Precision.TF32, CPU);
  }

  @Test
  void autoSaysWhatTheFirstLacksWhereNoneRuns() {
    refused(
        "float32 needs engine 'cpu', which cannot run here: no library",
        "auto",
        Precision.FLOAT32,
        NO_CPU,
        NO_GPU);
  }

  @Test
  void aNamedEngineThatLacksThePrecisionNamesTheRemedy() {
    refused(
        "engine 'cpu' has no tf32: use engine gpu or precision float32",
        "cpu",
        Precision.TF32,
        CPU,
        NO_GPU);
    refused("engine 'cpu' has no tf32: use precision float32", "cpu", Precision.TF32, CPU, NO_CPU);
  }

  @Test
  void aNamedEngineThatCannotRunOrIsNotThereIsRefused() {
    refused("engine 'gpu' cannot run here: no driver", "gpu", Precision.TF32, NO_GPU, CPU);
    refused("no engine 'tpu': choose one of [gpu, cpu]", "tpu", Precision.FLOAT32, GPU, CPU);
  }

  @Test
  void theEngineOfTheProcessorHasEverythingButTf32() {
    assertThat(Engines.provider("host", Precision.FLOAT32).name()).isEqualTo("host");
    assertThat(Engines.provider("host", Precision.FLOAT64).name()).isEqualTo("host");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engines.open("host", new EngineOptions(1, Precision.TF32)))
        .withMessageStartingWith("engine 'host' has no tf32: use ");
  }

  @Test
  void optionsAreChecked() {
    assertThat(EngineOptions.of(3)).isEqualTo(new EngineOptions(3, Precision.FLOAT32));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EngineOptions.of(0))
        .withMessage("threads must be from 1 to 1024, got 0");
  }

  @Test
  void precisionsAreReadByTheirLabels() {
    for (Precision precision : Precision.values()) {
      assertThat(Precision.parse(precision.label())).isEqualTo(precision);
    }
    assertThat(Precision.TF32.dtype()).isEqualTo(DType.FLOAT32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Precision.parse("int32"))
        .withMessage("unknown precision 'int32': use one of float32, tf32, float64");
  }
}
