package org.noisescape.cells.slurm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlurmOptionsTest {
  @Test
  void longOptionsOfSbatchAreHandedOnAndOursAreTakenOut() {
    SlurmOptions options =
        SlurmOptions.parse("partition=gpu,exclusive,gres=gpu:1,concurrent=4,cells-per-task=10");

    assertThat(options.sbatch())
        .containsExactly(entry("partition", "gpu"), entry("exclusive", ""), entry("gres", "gpu:1"));
    assertThat(options.atOnce()).hasValue(4);
    assertThat(options.cellsPerTask()).hasValue(10);
    assertThat(SlurmOptions.parse("").sbatch()).isEmpty();
  }

  @Test
  void semicolonsPartWhatHasCommasInIt() {
    assertThat(SlurmOptions.parse("exclude=n1,n2;time=10").sbatch())
        .containsExactly(entry("exclude", "n1,n2"), entry("time", "10"));
    assertThat(SlurmOptions.parse("exclude=n1,n2;").sbatch())
        .containsExactly(entry("exclude", "n1,n2"));
  }

  @ParameterizedTest
  @CsvSource({
    "30, 1800",
    "1:30, 90",
    "2:00:00, 7200",
    "1-0, 86400",
    "1-12:30, 131400",
    "0-00:00:05, 5",
  })
  void timesAreReadAsSlurmReadsThem(String time, long seconds) {
    assertThat(SlurmOptions.parse("time=" + time).seconds()).hasValue(seconds);
  }

  @Test
  void aTimeThatIsNoneIsLeftToSlurm() {
    assertThat(SlurmOptions.parse("time=soon").seconds()).isEmpty();
    assertThat(SlurmOptions.parse("").seconds()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p=gpu | slurm: 'p=gpu' is no option: write KEY=VALUE with KEY a long option of sbatch",
        "--time=1 | slurm: '--time=1' is no option",
        "time=1,,mem=2 | slurm: '' is no option",
        "array=1-2 | slurm: array is not for you to choose",
        "requeue | slurm: requeue is not for you to choose",
        "time= | slurm: time has no value: write time=VALUE, or leave it out",
        "time=1,time=2 | slurm: time is given twice: leave one out",
        "comment=a\\b | slurm: the value of comment has a quote, a backslash",
        "concurrent=0 | slurm: concurrent must be a number from 1 on, got '0'",
        "cells-per-task=x | slurm: cells-per-task must be a number from 1 on, got 'x'",
      })
  void whatIsWrongIsOneLineThatNamesIt(String text, String line) {
    assertThatThrownBy(() -> SlurmOptions.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(line);
  }
}
