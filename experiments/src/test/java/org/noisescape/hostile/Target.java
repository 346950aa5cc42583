package org.noisescape.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.noisescape.cli.CopiedFolder;

/** What is damaged: some files of a folder, and the commands that read them. */
enum Target {
  /** A finished training. */
  RUN(
      List.of("run"),
      List.of(
          "run/manifest.json", "run/metrics.jsonl", "run/result.json", "run/annotations.json")) {
    @Override
    List<List<String>> commands(World world) {
      return List.of(
          List.of("report", world.path("run").toString()),
          List.of("list", "runs", world.path("run").toString(), "--where", "train_loss>0"),
          List.of("probe", world.path("run").toString(), "--quantities", "loss,hessian-top:1"));
    }
  },
  /** A training in its middle. */
  STOPPED(
      List.of("stopped"),
      List.of(
          "stopped/manifest.json",
          "stopped/metrics.jsonl",
          "stopped/checkpoints/last.json",
          "stopped/checkpoints/last.safetensors",
          "stopped/tensorboard/replica-0/events*")) {
    @Override
    List<List<String>> commands(World world) {
      return List.of(List.of("train", "--resume", world.path("stopped").toString()));
    }

    /** It ends where the undamaged run ends, and says so where lines are lost. */
    @Override
    List<String> silent(World good, World world, Attempt attempt, String damaged)
        throws IOException {
      List<String> lies = new ArrayList<>();
      Path mine = world.path("stopped");
      Path reference = good.path("resumed");
      if (!tensors(reference).equals(tensors(mine))) {
        lies.add("ends with other parameters");
      }
      // a value that is another number cannot be told from a right one
      boolean told = !attempt.run().err().isEmpty() || damaged.contains("metrics.jsonl");
      if (!told && !lines(reference).equals(lines(mine))) {
        lies.add("ends with other measurements without a word");
      }
      return lies;
    }

    /** What follows the header, which counts lines of measurements. */
    private ByteBuffer tensors(Path run) throws IOException {
      ByteBuffer bytes =
          ByteBuffer.wrap(Files.readAllBytes(run.resolve("checkpoints/last.safetensors")));
      long header = bytes.order(ByteOrder.LITTLE_ENDIAN).getLong();
      return bytes.position(Math.toIntExact(8 + header)).slice();
    }

    private String lines(Path run) throws IOException {
      return Files.readString(run.resolve("metrics.jsonl"))
          .replaceAll(",\"(step|wall)_time_s\":[^,}]*", "");
    }
  },
  /** A checkpoint, of a run, and as a file of somebody else; reports look at none. */
  CHECKPOINT(
      List.of("run"), List.of("run/checkpoints/last.safetensors", "run/checkpoints/last.json")) {
    @Override
    List<List<String>> commands(World world) {
      String file = world.path("run/checkpoints/last.safetensors").toString();
      return List.of(
          List.of("probe", world.path("run").toString(), "--quantities", "loss,hessian-top:1"),
          List.of("list", "runs", world.path("run").toString(), "--where", "train_loss>0"),
          List.of("probe", file, "--quantities", "noise-strength", "--json"),
          train(world, "--model", "mlp:3", "--start-from", file));
    }
  },
  /** An experiment that is over. */
  FINISHED(
      List.of("finished"),
      List.of(
          "finished/manifest.json",
          "finished/outcome.json",
          "finished/figures/figures.json",
          "finished/figures/trace-rate.svg",
          "finished/figures/trace-rate.json",
          "finished/tables/trace_rate.csv")) {
    @Override
    List<List<String>> commands(World world) {
      String run = world.path("finished").toString();
      return List.of(
          List.of("report", run, "--out", world.path("page.html").toString()),
          List.of("report", run, world.path("finished").toString() + "/../finished"));
    }
  },
  /** An experiment in its middle. */
  EXPERIMENT(
      List.of("experiment"),
      List.of("experiment/manifest.json", "experiment/stages/eta-0.01.safetensors")) {
    @Override
    List<List<String>> commands(World world) {
      List<String> words = new ArrayList<>(List.of(World.TRACE_RATE.split(" ")));
      words.addAll(List.of("--out", world.path("experiment").toString()));
      return List.of(words);
    }

    @Override
    List<String> silent(World good, World world, Attempt attempt, String damaged)
        throws IOException {
      boolean same =
          Files.readString(good.path("finished/outcome.json"))
              .equals(Files.readString(world.path("experiment/outcome.json")));
      return same ? List.of() : List.of("ends with another outcome");
    }

    @Override
    int variants(Damage damage, int most) {
      return 1;
    }
  },
  /** A sweep, read by the report; running its cells takes processes. */
  SWEEP(
      List.of("sweep"),
      List.of(
          "sweep/cells.csv",
          "sweep/cells/001-lr=0.1/manifest.json",
          "sweep/cells/001-lr=0.1/result.json",
          "sweep/cells/001-lr=0.1/metrics.jsonl")) {
    @Override
    List<List<String>> commands(World world) {
      return List.of(
          List.of(
              "report",
              world.path("sweep/cells").toString(),
              "--out",
              world.path("page.html").toString()));
    }
  },
  /** What a sweep says of itself. */
  SWEEP_FILE(List.of("sweep"), List.of("sweep/sweep.json")) {
    @Override
    List<List<String>> commands(World world) {
      return List.of(List.of("sweep", "--resume", world.path("sweep").toString()));
    }

    /** What makes the sweep another one would run its cells. */
    @Override
    Stream<Damage> damages() {
      return Stream.of(Damage.values()).filter(damage -> damage != Damage.DIGITS);
    }
  },
  /** Data in idx files. */
  IDX(List.of("idx"), List.of("idx/train-images-idx3-ubyte", "idx/train-labels-idx1-ubyte")) {
    @Override
    List<List<String>> commands(World world) {
      return List.of(train(world, "--model", "linear"));
    }
  },
  /** Data in files of CIFAR-10. */
  CIFAR(List.of("cifar"), List.of("cifar/data_batch_2.bin", "cifar/test_batch.bin")) {
    @Override
    List<List<String>> commands(World world) {
      return List.of(linear(world, "cifar:" + world.path("cifar")));
    }
  },
  /** Arrays of NumPy. */
  NPZ(List.of("own"), List.of("own/points.npz")) {
    @Override
    List<List<String>> commands(World world) {
      return List.of(linear(world, "npz:" + world.path("own/points.npz")));
    }
  },
  /** A table. */
  CSV(List.of("own"), List.of("own/table.csv")) {
    @Override
    List<List<String>> commands(World world) {
      return List.of(linear(world, "csv:" + world.path("own/table.csv") + ",target=kind"));
    }
  },
  /** Pictures. */
  IMAGES(List.of("own"), List.of("own/pictures/a.0.png", "own/pictures/b.1.jpg")) {
    @Override
    List<List<String>> commands(World world) {
      return List.of(linear(world, "images:" + world.path("own/pictures") + ",size=4"));
    }
  };

  private final List<String> folders;
  private final List<String> files;

  Target(List<String> folders, List<String> files) {
    this.folders = folders;
    this.files = files;
  }

  /** The files that are damaged, one at a time. */
  Stream<String> files() {
    return files.stream();
  }

  /** The ways they are damaged. */
  Stream<Damage> damages() {
    return Stream.of(Damage.values());
  }

  /** Tries of one way. */
  int variants(Damage damage, int most) {
    boolean same = damage == Damage.EMPTY || damage == Damage.FOLDER || damage == Damage.PIPE;
    return same ? 1 : most;
  }

  /** Copies what the commands need. */
  void copy(World from, World to) throws IOException {
    World.delete(to.root());
    for (String folder : folders) {
      CopiedFolder.of(from.path(folder), to.path(folder));
    }
  }

  /**
   * What is wrong with a command that ended well, beside what it said.
   *
   * @param good the undamaged world
   * @param world the damaged one
   * @param damaged names of the files that were
   */
  List<String> silent(World good, World world, Attempt attempt, String damaged) throws IOException {
    return List.of();
  }

  /** Everything that is wrong with a command, given the names of the files that were damaged. */
  final List<String> faults(World good, World world, Attempt attempt, String damaged)
      throws IOException {
    List<String> faults = attempt.faults(List.of(0, 1, 2));
    // other elements of a tensor cannot be told from right ones
    if (faults.isEmpty() && attempt.run().code() == 0 && !damaged.contains(".safetensors")) {
      return silent(good, world, attempt, damaged);
    }
    return faults;
  }

  /** Commands that read the files. */
  abstract List<List<String>> commands(World world);

  private static List<String> linear(World world, String dataset) {
    return List.of(
        "train",
        "--dataset",
        dataset,
        "--model",
        "linear",
        "--batch",
        "4",
        "--epochs",
        "1",
        "--out",
        world.path("new").toString());
  }

  private static List<String> train(World world, String... more) {
    Path data = world.path("idx");
    List<String> words =
        new ArrayList<>(
            List.of(
                "train",
                "--dataset",
                "idx:" + data,
                "--batch",
                "5",
                "--epochs",
                "1",
                "--out",
                world.path("new").toString()));
    words.addAll(List.of(more));
    return words;
  }
}
