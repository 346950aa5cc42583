package org.noisescape.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.quantities.ProbeOptions;
import org.noisescape.quantities.ProbeSchedule;
import org.noisescape.train.Interval;
import org.noisescape.train.Probe;

class ProbeScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "noise, noise, 1epoch",
    "noise:every=100, noise, 100",
    "noise:every=log1.5, noise, log1.5",
    "fdr:every=50, fdr, 50",
    "fdr-top, fdr-top:1, 1epoch",
    "fdr-top:3:every=2epoch, fdr-top:3, 2epoch",
    "hessian-top, hessian-top:5, 1epoch",
    "hessian-top:3, hessian-top:3, 1epoch",
    "hessian-top:every=0.5epoch, hessian-top:5, 0.5epoch",
    "hessian-top:3:every=100, hessian-top:3, 100",
    "loss:of=average, loss:of=average, 1epoch",
    "hessian-top:of=average:every=5, hessian-top:5:of=average, 5",
    "accuracy-top:3:every=5:of=average, accuracy-top:3:of=average, 5"
  })
  void textIsNameArgumentAndInterval(String text, String name, String every) {
    assertThat(ProbeSchedule.parse(text)).isEqualTo(new ProbeSchedule(name, every));
    assertThat(ProbeSchedule.parse(text).name()).isEqualTo(name);
  }

  @Test
  void thePresetArgumentIsWrittenDown() {
    TrainConfiguration configuration =
        TrainConfiguration.defaults()
            .with(Map.of("probes", List.of(ProbeSchedule.parse("hessian-top"))));
    assertThat(configuration.toJson().path("probes").get(0).path("name").asText())
        .isEqualTo("hessian-top:5");
    assertThat(TrainConfiguration.fromJson(configuration.toJson())).isEqualTo(configuration);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hessian-tpo:every=3 | unknown probe 'hessian-tpo:every=3', did you mean 'hessian-top",
        "hessian-top:0:every=3 | hessian-top: K must be >= 1, got 0",
        "hessian-top:x | K must be a whole number, write for example hessian-top:5",
        "hessian-top:every=2:every=3 | K must be a whole number",
        "noise:3 | write for example noise:every=100",
        "loss:every= | interval",
        "loss:of=mean | with :of=average at their mean",
        "loss:of=average:of=average | write for example loss:every=100",
        "accuracy | unknown probe 'accuracy'"
      })
  void badTextIsOneLineWithTheRemedy(String text, String expected) {
    assertThatThrownBy(() -> ProbeSchedule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void quantitiesWithOneIntervalShareOneProbe() {
    List<ProbeSchedule> schedules =
        Stream.of("hessian-top:every=5", "loss", "ggn-top:every=7", "covariance-top:2:every=5")
            .map(ProbeSchedule::parse)
            .toList();
    List<Probe.Scheduled> probes = ProbeSchedule.scheduled(schedules, ProbeOptions.training(1, 1));
    assertThat(probes)
        .extracting(Probe.Scheduled::interval)
        .containsExactly(Interval.EPOCH, Interval.parse("5"), Interval.parse("7"));
  }

  @Test
  void everyProbeIsListedWithUsageAndDescription() {
    assertThat(ProbeSchedule.names())
        .contains("loss", "noise", "hessian-top")
        .doesNotHaveDuplicates();
    for (String name : ProbeSchedule.names()) {
      assertThat(ProbeSchedule.usage(name)).startsWith(name);
      assertThat(ProbeSchedule.description(name)).isNotBlank();
    }
  }
}
