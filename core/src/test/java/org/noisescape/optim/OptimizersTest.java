package org.noisescape.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.registry.Named;

/** Names of optimizers and their chains. */
class OptimizersTest {
  @Test
  void everyNameParsesByItsUsage() {
    for (Named optimizer : Optimizers.all()) {
      assertThat(Optimizers.parse(optimizer.usage()))
          .as(optimizer.name())
          .hasSize(Map.of("sgd", 0, "adamw", 2).getOrDefault(optimizer.name(), 1));
      assertThat(optimizer.description()).isNotBlank();
    }
  }

  @Test
  void argumentsArriveInTheirPlaces() {
    assertThat(Optimizers.parse("momentum:0.9")).containsExactly(new HeavyBall(0.9));
    assertThat(Optimizers.parse("nesterov:0.8")).containsExactly(new Nesterov(0.8));
    assertThat(Optimizers.parse("qhm:0.9,0.7")).containsExactly(new QuasiHyperbolic(0.9, 0.7));
    assertThat(Optimizers.parse("pl-sgd:l2=1e-4,l1=0.02"))
        .containsExactly(new PowerLaw(0.02, 1e-4));
    assertThat(Optimizers.parse("sgld:l3=1e-3"))
        .containsExactly(new AdditiveNoise(1e-3, AdditiveNoise.Kind.VARIANCE));
    assertThat(Optimizers.parse("isotropic:trace=0.5"))
        .containsExactly(new AdditiveNoise(0.5, AdditiveNoise.Kind.TRACE));
  }

  @Test
  void aChainKeepsItsOrder() {
    assertThat(Optimizers.parse("momentum:0.9+sgld:l3=1e-3"))
        .containsExactly(new HeavyBall(0.9), new AdditiveNoise(1e-3, AdditiveNoise.Kind.VARIANCE));
    assertThat(Optimizers.parse("sgld:l3=1e+3 + nesterov:0.5"))
        .containsExactly(new AdditiveNoise(1e+3, AdditiveNoise.Kind.VARIANCE), new Nesterov(0.5));
  }

  @Test
  void allAreThoseThatHaveNames() {
    assertThat(Optimizers.names())
        .containsSubsequence("sgd", "momentum", "nesterov", "qhm", "pl-sgd", "sgld", "isotropic");
    assertThat(Optimizers.all()).extracting(Named::name).isEqualTo(Optimizers.names());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "momentum:0.9",
        "nesterov:0.8",
        "qhm:0.9,0.7",
        "pl-sgd:l1=0.02,l2=0.5",
        "sgld:l3=0.001",
        "isotropic:trace=0.5"
      })
  void textsComeBack(String specification) {
    assertThat(Optimizers.parse(specification).get(0).text()).isEqualTo(specification);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sgd",
        "pl-sgd:l1=0,l2=0",
        "sgld:l3=0",
        "isotropic:trace=0",
        "pl-sgd:l1=0,l2=0+sgld:l3=0"
      })
  void rulesThatDoNothingAreDropped(String specification) {
    assertThat(Optimizers.parse(specification)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sgd+sgd|optimizer 'sgd+sgd': sgd is there twice: leave one out",
        "adagrad|unknown optimizer 'adagrad': use one of sgd, momentum, nesterov,",
        "''|unknown optimizer '': use one of",
        "momentum:0.9+|unknown optimizer ''",
        "momentum|optimizer 'momentum': mu is missing: write for example momentum:0.9",
        "momentum:x|optimizer 'momentum:x': mu must be a number, got 'x': write for example",
        "momentum:=0.9|optimizer 'momentum:=0.9': mu is missing",
        "momentum:0.9,0.1|optimizer 'momentum:0.9,0.1': too many arguments",
        "momentum:1|momentum: momentum must lie in [0, 1), got 1.0",
        "momentum:-0.1|momentum: momentum must lie in [0, 1), got -0.1",
        "momentum:NaN|momentum: momentum must lie in [0, 1), got NaN",
        "nesterov:2|nesterov: momentum must lie in [0, 1), got 2.0",
        "qhm:0.9|optimizer 'qhm:0.9': nu is missing: write for example qhm:0.9,0.7",
        "qhm:1,0.5|qhm: momentum must lie in [0, 1), got 1.0",
        "qhm:0.9,1.1|qhm: nu must lie in [0, 1], got 1.1",
        "pl-sgd:l1=0.1|optimizer 'pl-sgd:l1=0.1': l2 is missing",
        "pl-sgd:l1=-1,l2=0|pl-sgd: l1 is a variance and must be >= 0, got -1.0",
        "pl-sgd:l1=0,l2=-1|pl-sgd: l2 is a variance and must be >= 0, got -1.0",
        "pl-sgd:l1=0,l2=0,l3=1|too many arguments, or one of another name",
        "pl-sgd:l1=0.5,l1=0.1,l2=0|optimizer 'pl-sgd:l1=0.5,l1=0.1,l2=0': l1 is given twice",
        "sgld:1e-3|optimizer 'sgld:1e-3': l3 is missing: write for example sgld:l3=1e-3",
        "sgld:l3=Infinity|sgld: l3 is a variance and must be >= 0, got Infinity",
        "isotropic:trace=-2|isotropic: trace is a variance and must be >= 0, got -2.0",
        "sgd:0.9|optimizer 'sgd:0.9': it takes no arguments",
      })
  void aWrongSpecificationIsOneClearLine(String specification, String message) {
    assertThatThrownBy(() -> Optimizers.parse(specification))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }
}
