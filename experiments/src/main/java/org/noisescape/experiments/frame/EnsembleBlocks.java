package org.noisescape.experiments.frame;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.noisescape.cells.CellFolder;
import org.noisescape.cells.CellListener;
import org.noisescape.cells.CellRunner;
import org.noisescape.cells.CellState;
import org.noisescape.cells.CellTask;
import org.noisescape.cells.Cells;
import org.noisescape.files.JsonFile;
import org.noisescape.files.WholeFile;
import org.noisescape.linop.StoppedException;
import org.noisescape.runs.RunDirectory;
import org.noisescape.runs.RunFailure;

/**
 * The blocks of replicas of an experiment's ensembles, each a cell: the same experiment, which
 * computes its replicas of every ensemble and ends.
 *
 * <p>They begin when the first ensemble does, with a copy of what the run has measured by then, so
 * that nothing is trained twice.
 */
public final class EnsembleBlocks implements ReplicaShare {
  /** Their folder within the run. */
  public static final String FOLDER = "blocks";

  /** Of a manifest: which block a folder is of. */
  static final String KEY = "block";

  private final Experiment experiment;
  private final int count;
  private final CellRunner runner;
  private final List<String> surroundings;
  private boolean asked;

  /**
   * For a run.
   *
   * @param count of blocks, at least 1
   * @param runner runs them
   * @param surroundings words of every block that decide no result, such as the data folder
   */
  public EnsembleBlocks(
      Experiment experiment, int count, CellRunner runner, List<String> surroundings) {
    this.experiment = experiment;
    this.count = count;
    this.runner = runner;
    this.surroundings = List.copyOf(surroundings);
  }

  /** Whether any ensemble was looked for in blocks. */
  boolean isAsked() {
    return asked;
  }

  /** The blocks. */
  List<ReplicaBlock> all() {
    return IntStream.range(0, count).mapToObj(i -> new ReplicaBlock(i, count)).toList();
  }

  /** The run folder of a block. */
  static Path folder(Path run, ReplicaBlock block) {
    return run.resolve(FOLDER).resolve(block.name());
  }

  /**
   * Runs all that are not done.
   *
   * @param run folder of the whole
   * @throws StoppedException where the request was stopped
   * @throws RunFailure where one failed
   */
  void run(Path run, ExperimentRequest request) throws IOException {
    asked = true;
    List<CellTask> tasks = new ArrayList<>();
    for (ReplicaBlock block : all()) {
      Path folder = folder(run, block);
      if (!Files.exists(folder)) {
        copy(run, folder, block);
      }
      tasks.add(
          new CellTask(
              block.name(),
              "block " + block.text(),
              new CellFolder(folder),
              (own, begun) -> words(block, own, request),
              false));
    }
    request.progress().started(count + " blocks of replicas");
    Cells.run(tasks, runner, listener(request), request.stop());
    request.progress().finished();
    List<CellTask> failed =
        tasks.stream().filter(task -> task.folder().state() == CellState.FAILED).toList();
    if (!failed.isEmpty()) {
      CellTask first = failed.getFirst();
      throw new RunFailure(
          "%d of %d blocks failed, the first is %s: %s (%s); repeat the command to try again"
              .formatted(
                  failed.size(),
                  count,
                  first.title(),
                  first.folder().failure().reason(),
                  first.folder().log()),
          null);
    }
    if (tasks.stream().anyMatch(task -> task.folder().state() != CellState.DONE)) {
      throw new StoppedException();
    }
  }

  private List<String> words(ReplicaBlock block, Path folder, ExperimentRequest request) {
    List<String> words = new ArrayList<>(ExperimentFolder.words(experiment, request));
    words.addAll(surroundings);
    words.addAll(List.of("--block", block.text(), "--out", folder.toString()));
    return words;
  }

  private static CellListener listener(ExperimentRequest request) {
    return new CellListener() {
      @Override
      public void ended(CellTask task, CellState state, int left) {
        if (state == CellState.FAILED) {
          told(task.title() + " failed: " + task.folder().failure().reason());
        }
      }

      @Override
      public void counted(int pending, int running, int ended, int failed) {
        CellListener.show(request.progress(), pending, running, ended, failed);
      }

      @Override
      public void told(String line) {
        request.progress().told(line);
      }
    };
  }

  /** Gives a block what the run has, but for what ensembles left. */
  private static void copy(Path run, Path folder, ReplicaBlock block) throws IOException {
    WholeFile.folder(folder.getParent());
    Path part = Files.createTempDirectory(folder.getParent(), ".block-");
    Path blocks = run.resolve(FOLDER);
    Files.walkFileTree(
        run,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes)
              throws IOException {
            if (from.equals(blocks)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(part.resolve(run.relativize(from)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path from, BasicFileAttributes attributes)
              throws IOException {
            boolean lock = from.getFileName().toString().startsWith(".");
            if (attributes.isRegularFile() && !lock) {
              Files.copy(from, part.resolve(run.relativize(from)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    ObjectNode manifest = JsonFile.object(run.resolve(RunDirectory.MANIFEST));
    manifest.put(KEY, block.text());
    JsonFile.write(part.resolve(RunDirectory.MANIFEST), manifest);
    Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes what is in the run by now. */
  static void discard(Path run) throws IOException {
    if (Files.isDirectory(run.resolve(FOLDER))) {
      RunDirectory.remove(run.resolve(FOLDER));
    }
  }
}
