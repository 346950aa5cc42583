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
        "isotropic:trace=0.5",
        "adam:0.9,0.999,1.0E-8",
        "rmsprop:0.99,1.0E-8",
        "lion:0.9,0.99",
        "weight-decay:0.01",
        "weight-decay:0.01,decoupled,weights",
        "clip:1.0",
        "clip:value=0.5",
        "sam:rho=0.05",
        "label-noise:flip=0.1",
        "label-noise:variance=0.1",
        "ema:0.999",
        "polyak:from=5.0",
        "swa:from=75.0,every=1.0"
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
        "adam:1|adam: beta1 must lie in [0, 1), got 1.0",
        "adam:0.9,-1|adam: beta2 must lie in [0, 1), got -1.0",
        "adam:0.9,0.9,0|adam: epsilon must be a number > 0, got 0.0",
        "adam:0.9,0.9,1e-8,1|too many arguments",
        "adamw:decay=-1|weight-decay must be a number >= 0, got -1.0",
        "rmsprop:1|rmsprop: alpha must lie in [0, 1), got 1.0",
        "lion:0.9,1|lion: beta2 must lie in [0, 1), got 1.0",
        "weight-decay|optimizer 'weight-decay': lambda is missing: write for example weight-decay:5e-4",
        "weight-decay:0.1,biases|too many arguments",
        "clip:0|clip must be > 0, got 0.0: leave it out to clip nothing",
        "clip:value=-1|clip: value must be > 0, got -1.0",
        "clip:NaN|clip must be > 0, got NaN",
        "sam:0.05|optimizer 'sam:0.05': rho is missing",
        "sam:rho=-1|sam: rho must be a number >= 0, got -1.0",
        "label-noise:flip=1.5|label-noise: flip is a probability and must lie in [0, 1], got 1.5",
        "label-noise:variance=-1|label-noise: variance is a variance and must be >= 0",
        "ema:1|ema must lie in [0, 1), got 1.0",
        "swa:from=-1|the epoch an average begins at must be a number >= 0, got -1.0",
        "swa:from=1,every=0|swa: every must be a number of epochs > 0, got 0.0",
        "adam+lion|adam:0.9,0.999,1.0E-8 and lion:0.9,0.99 do not go together: each scales every entry",
        "momentum:0.9+adam|momentum:0.9 and adam:0.9,0.999,1.0E-8 do not go together: adam:0.9,0.999,1.0E-8 has a momentum of its own",
        "momentum:0.9+weight-decay:0.1|weight-decay:0.1 stands behind momentum:0.9: write weight-decay:0.1+momentum:0.9, or momentum:0.9+weight-decay:0.1,decoupled for decoupled decay",
        "weight-decay:0.1,decoupled+adam|weight-decay:0.1,decoupled stands before adam",
        "ema:0.9+swa:from=1|ema:0.9 and swa:from=1.0,every=1.0 both average the parameters: choose one of them",
      })
  void aWrongSpecificationIsOneClearLine(String specification, String message) {
    assertThatThrownBy(() -> Optimizers.parse(specification))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }
}
