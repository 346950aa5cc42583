package org.noisescape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user gets wrong: exit code 2, one line on standard error, nothing left behind. */
class WrongUseTest {
  @TempDir Path folder;

  static Stream<Arguments> commandLines() {
    return Stream.of(
        Arguments.of("trian", "unknown command 'trian', did you mean 'train'?"),
        Arguments.of("train --frobnicate", "unknown option '--frobnicate'"),
        Arguments.of("train --epoch 3", "unknown option '--epoch', did you mean '--epochs'?"),
        Arguments.of("train --keep-checkpoints=yes", "--keep-checkpoints must be given alone, got"),
        Arguments.of("train extra", "unexpected argument 'extra': see 'noisescape train --help'"),
        Arguments.of("train @/dev/zero", "unexpected argument '@/dev/zero'"),
        Arguments.of("train --lr --batch 3", "--lr needs a value, ETA: see"),
        Arguments.of("train --lr abc", "--lr must be a number, got 'abc'"),
        Arguments.of("train --batch 1.5", "--batch must be a whole number of 32 bits, got '1.5'"),
        Arguments.of("train --seed 9e9", "--seed must be a whole number of 64 bits, got '9e9'"),
        Arguments.of("train --init ''", "--init is given without a value: leave it out, or say"),
        Arguments.of("train --lr 1 --lr 0", "the learning rate must be a number > 0, got 0.0"),
        Arguments.of("train --lr 0", "the learning rate must be a number > 0, got 0.0"),
        Arguments.of("train --lr -0.1", "the learning rate must be a number > 0, got -0.1"),
        Arguments.of("train --lr NaN", "the learning rate must be a number > 0, got NaN"),
        Arguments.of("train --batch 0", "the batch must be >= 1, got 0"),
        Arguments.of(
            "train --batch 11", "the batch 11 is larger than the 10 training samples: choose"),
        Arguments.of("train --epochs -1", "the number of epochs must be a number >= 0, got -1.0"),
        Arguments.of("train --replicas 0", "the number of replicas must be >= 1, got 0"),
        Arguments.of(
            "train --batch 5 --epochs 0.1",
            "0.1 epochs of 2 steps are no step: choose 0.250 epochs"),
        Arguments.of("train --threads 0", "threads must be >= 1, got 0"),
        Arguments.of("train --threads 100000", "--threads must be <= 1024, got 100000"),
        Arguments.of("train --subset 0", "subset must be >= 1, got 0"),
        Arguments.of("train --subset 11", "subset must be between 1 and the 10 samples"),
        Arguments.of("train --dataset mnits", "unknown data set 'mnits', did you mean 'mnist'?"),
        Arguments.of("train --dataset mnist", "mnist is not in /dev/null/home"),
        Arguments.of("train --dataset idx:/nowhere", "/nowhere does not exist; name the folder"),
        Arguments.of("train --model mpl:100", "unknown model 'mpl:100', did you mean 'mlp:100'?"),
        Arguments.of("train --model linear:", "model 'linear:': nothing follows the colon"),
        Arguments.of("train --dataset digits:", "no option follows in 'digits:'"),
        Arguments.of(
            "train --dataset digits:train=9,test=9,shuffled-from=7 --subset 5",
            "shuffled-from=7 begins behind the 5 samples that are taken"),
        Arguments.of(
            "train --dataset \"digits", "unknown data set '\"digits', did you mean 'digits'?"),
        Arguments.of("train --model mlp:0", "must be whole numbers >= 1, got '0'"),
        Arguments.of("train --loss cee", "unknown loss 'cee', did you mean 'ce'?"),
        Arguments.of("train --loss ce:2", "label smoothing must lie in [0, 1), got 2.0"),
        Arguments.of(
            "train --loss ce --target parity --batch 5", "use loss mse, or target one-hot"),
        Arguments.of("train --target one_hot", "unknown target 'one_hot', did you mean 'one-hot'?"),
        Arguments.of("train --target value", "target value does not suit digits"),
        Arguments.of("train --optimizer sdg", "unknown optimizer 'sdg', did you mean 'sgd'?"),
        Arguments.of(
            "train --optimizer momentum:0.9+sgldd:l3=1", "'sgldd:l3=1', did you mean 'sgld:l3=1'?"),
        Arguments.of("train --optimizer sgd+sgd", "sgd is there twice: leave one out"),
        Arguments.of("train --optimizer momentum:", "nothing follows the colon: leave it out"),
        Arguments.of(
            "train --probe fdr:of=average --batch 5 --optimizer momentum:0.9+ema:0.9",
            "a mean of the parameters makes no steps, which this probe measures: leave it at"),
        Arguments.of("train --optimizer momentum:1", "momentum must lie in [0, 1), got 1.0"),
        Arguments.of(
            "train --optimizer momentum:0.9+weight-decay:0.1",
            "write weight-decay:0.1+momentum:0.9, or momentum:0.9+weight-decay:0.1,decoupled"),
        Arguments.of(
            "train --batch 5 --schedule warmup:5 --epochs 6",
            "ends after 5.0 of 6.0 epochs: say what follows, for example warmup:5+constant"),
        Arguments.of(
            "train --batch 5 --schedule constant/momentum=cosine --optimizer pl-sgd:l1=0.1,l2=0.1",
            "no such number: one of pl-sgd.l1, pl-sgd.l2"),
        Arguments.of("train --schedule cosin", "unknown schedule 'cosin', did you mean 'cosine'?"),
        Arguments.of("train --schedule step:0.1@30,30", "ascending, none twice, got [30.0, 30.0]"),
        Arguments.of("train --schedule step:x@1", "numbers expected, for example step:0.1@30,60"),
        Arguments.of("train --sampling without", "did you mean 'without-replacement'?"),
        Arguments.of(
            "train --init gloro", "unknown initialisation 'gloro', did you mean 'glorot'?"),
        Arguments.of("train --precision float16", "unknown precision 'float16', did you mean"),
        Arguments.of(
            "train --precision tf32 --engine host", "engine 'host' has no tf32: use engine "),
        Arguments.of(
            "run mori/noise-vs-loss --precision tf32 --engine nd4j",
            "engine 'nd4j' has no tf32: use engine "),
        Arguments.of("run mori/noise-vs-loss --precision tf23", "did you mean 'tf32'?"),
        Arguments.of("train --normalize standard", "did you mean 'standardize'?"),
        Arguments.of("train --normalize std=1", "'std=1': write it as mean=0.49,0.48"),
        Arguments.of("train --normalize mean=0,std=0", "std must be > 0, got 0"),
        Arguments.of("train --normalize mean=x,std=1", "'x' is no number"),
        Arguments.of("train --normalize mean=0,NaN,std=1", "mean must be finite, got NaN"),
        Arguments.of(
            "model linear --normalize mean=0,0,0,std=1", "or one number a channel, 1, got 3"),
        Arguments.of("model mpl:10", "unknown model 'mpl:10', did you mean 'mlp:10'?"),
        Arguments.of("model net:linear,3 --measure los", "unknown quantity 'los', did you mean"),
        Arguments.of("train --model net:none.net", "none.net: no such file"),
        Arguments.of("probe x --match order", "--match go with --model"),
        Arguments.of("train --engine hots", "unknown engine 'hots', did you mean 'host'?"),
        Arguments.of("train --probe nois", "unknown probe 'nois', did you mean 'noise'?"),
        Arguments.of("run mori/noise-vs-loss --set lr=1 --set lr=2", "--set lr is given twice"),
        Arguments.of("train --probe loss --probe loss", "--probe loss:every=1epoch is given twice"),
        Arguments.of("train --probe noise:100", "write for example noise:every=100"),
        Arguments.of("train --probe noise:every=0", "an interval must be > 0, got 0.0"),
        Arguments.of("train --checkpoint-every x", "interval 'x': write for example 100"),
        Arguments.of("train --resume /nowhere", "/nowhere: no such folder: name the folder"),
        Arguments.of("probe /nowhere", "/nowhere: no such file"),
        Arguments.of("probe x --quantities los", "unknown quantity 'los', did you mean 'loss'?"),
        Arguments.of("probe x --quantities loss,loss", "loss is asked for twice: leave one out"),
        Arguments.of("probe x --quantities loss,", "the name of a quantity is empty in 'loss,'"),
        Arguments.of("probe x --quantities ,", "the name of a quantity is empty in ','"),
        Arguments.of("run mori/noise-vs-los", "did you mean 'mori/noise-vs-loss'?"),
        Arguments.of("run mori/noise-vs-loss --preset quik", "did you mean 'quick'?"),
        Arguments.of("run mori/noise-vs-loss --set lr", "--set must be KEY=VALUE, got 'lr'"),
        Arguments.of("run mori/noise-vs-loss --set lr=\"1", "lr=\"1: must be a number > 0"),
        Arguments.of("sweep trian", "unknown experiment 'trian', did you mean 'train'?"),
        Arguments.of("sweep train --grid lr=a", "--lr must be a number, got 'a' (cell lr=a)"),
        Arguments.of("trian --help", "unknown command 'trian', did you mean 'train'?"),
        Arguments.of("help trian", "unknown command 'trian', did you mean 'train'?"),
        Arguments.of("''", "unknown command ''"),
        Arguments.of("data fetc --help", "unknown command 'fetc', did you mean 'fetch'?"),
        Arguments.of("data fetch digits digits", "data set 'digits' is named twice: leave one out"),
        Arguments.of("list probes probes", "unexpected argument 'probes'"),
        Arguments.of("list modls", "'modls', did you mean 'models'?"),
        Arguments.of("data fecth mnist", "unknown command 'fecth', did you mean 'fetch'?"),
        Arguments.of("data fetch mnits", "unknown data set 'mnits', did you mean 'mnist'?"),
        Arguments.of("data verify mnits", "unknown data set 'mnits', did you mean 'mnist'?"),
        Arguments.of("report", "RUN is missing: see 'noisescape report --help'"),
        Arguments.of("report ''", "RUN is given without a value"),
        Arguments.of("report @runs", "@runs: no such run folder"),
        Arguments.of("probe", "CHECKPOINT is missing: see 'noisescape probe --help'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("commandLines")
  void isOneLineThatNamesTheValueAndTheRemedy(String line, String expected) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
    arguments.replaceAll(word -> word.equals("''") ? "" : word);
    if (arguments.getFirst().equals("train") && !line.contains("--resume")) {
      if (!line.contains("--dataset")) {
        arguments.addAll(List.of("--dataset", "digits:train=10,test=10"));
      }
      arguments.addAll(List.of("--out", folder.resolve("run").toString()));
    }
    refused(CapturedRun.of(arguments.toArray(String[]::new)), expected);
  }

  static Stream<Arguments> damage() {
    return Stream.of(
        damage("truncated", f -> f.images(0x803, 100), "truncated: expected 336 bytes"),
        damage(
            "wrong magic", f -> f.images(0x901, 320), "expected magic 0x00000803, got 0x00000901"),
        damage("too long", f -> f.images(0x803, 321), "longer than its header says"),
        damage(
            "label out of range",
            f -> f.labels(new byte[] {0, 1, 2, 77, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9}),
            "label 77 of sample 3 is outside 0..9"),
        damage("too few labels", f -> f.labels((byte) 1, (byte) 2), "2 labels for the 20 images"),
        damage("missing file", IdxFolder::removeLabels, "train-labels-idx1-ubyte is not; copy it"));
  }

  interface Damage {
    void to(IdxFolder folder);
  }

  private static Arguments damage(String name, Damage damage, String expected) {
    return Arguments.of(name, damage, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damage")
  void damagedDataAreOneLineThatNamesTheFile(String name, Damage damage, String expected)
      throws IOException {
    IdxFolder data = IdxFolder.good(folder.resolve("data"));
    damage.to(data);
    CapturedRun run =
        CapturedRun.of(
            "train", "--dataset", data.spec(), "--out", folder.resolve("run").toString());

    refused(run, expected);
    assertThat(run.err()).contains(data.path().toString());
  }

  @Test
  void aRunFolderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    refused(train(file.toString()), "the run folder " + file + " is a file: choose another");
    CapturedRun below = train(file.resolve("run").toString());
    assertThat(below.code()).isEqualTo(CommandRunner.FAILED);
    assertThat(below.err()).startsWith("error: cannot make the folder " + file.resolve("run"));
    assertThat(Files.readString(file)).isEqualTo("precious");
  }

  @Test
  void anExistingFolderIsNeverWrittenTo() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Path precious = Files.writeString(other.resolve("thesis.tex"), "precious");
    refused(train(other.toString()), "is not empty: choose another folder with --out");
    assertThat(Files.readString(precious)).isEqualTo("precious");
    try (Stream<Path> files = Files.list(other)) {
      assertThat(files).containsExactly(precious);
    }
  }

  @Test
  void theRemedyForARunInTheWayIsToResumeIt() throws IOException {
    Path run = folder.resolve("earlier");
    assertThat(train(run.toString()).code()).isZero();
    String metrics = Files.readString(run.resolve("metrics.jsonl"));

    refused(train(run.toString()), "noisescape train --resume " + run + "', or choose another");
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).isEqualTo(metrics);
  }

  @Test
  void verboseShowsWhereAnErrorComesFrom() {
    CapturedRun run = CapturedRun.of("train", "--lr", "0", "--verbose", "--out", folder + "/run");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.errors().getFirst()).startsWith("error: the learning rate");
    assertThat(run.err()).contains("\tat org.noisescape.");
  }

  private static CapturedRun train(String out) {
    return CapturedRun.of(
        "train",
        "--dataset",
        "digits:train=10,test=10",
        "--model",
        "linear",
        "--batch",
        "5",
        "--epochs",
        "1",
        "--out",
        out);
  }

  private void refused(CapturedRun run, String expected) {
    assertThat(run.errors()).hasSize(1);
    assertThat(run.errors().getFirst()).startsWith("error: ").contains(expected);
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(2);
    assertThat(folder.resolve("run")).doesNotExist();
  }
}
