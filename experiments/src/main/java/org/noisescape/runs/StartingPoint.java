package org.noisescape.runs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.InputFile;
import org.noisescape.nn.Network;
import org.noisescape.train.Checkpoint;
import org.noisescape.train.TensorMatch;

/**
 * The θ a run begins with, from a checkpoint of another run: step 0, no optimizer state.
 *
 * @param file the checkpoint
 * @param digest of the file
 * @param theta (R, P), entry (r, i) at r·P + i
 * @param statistics running statistics of batch normalisations (R, Q)
 */
record StartingPoint(Path file, Digest digest, double[] theta, double[] statistics) {
  /**
   * Reads the checkpoint that a configuration begins with, if it names one.
   *
   * @throws IllegalArgumentException in one line where it does not suit
   */
  static Optional<StartingPoint> of(
      TrainConfiguration configuration, Network network, Consumer<String> told) {
    return Optional.ofNullable(configuration.startFrom())
        .map(
            file ->
                read(
                    Path.of(file),
                    network,
                    configuration.replicas(),
                    TensorMatch.parse(configuration.startMatch()),
                    told));
  }

  /**
   * Reads a checkpoint for a run of R replicas: of R replicas, or of one, which all then begin
   * with.
   *
   * @param match how the tensors find their places
   * @param told takes a line a tensor where the names say nothing
   * @throws IllegalArgumentException in one line where it does not suit
   */
  static StartingPoint read(
      Path path, Network network, int replicas, TensorMatch match, Consumer<String> told) {
    try (InputStream bytes = InputFile.stream(path)) {
      Checkpoint.Contents contents = Checkpoint.read(path, network, match, told);
      if (contents.replicas() != replicas && contents.replicas() != 1) {
        throw new IllegalArgumentException(
            "cannot start from %s: it has %d replicas, the run %d; choose --replicas %d"
                .formatted(path, contents.replicas(), replicas, contents.replicas()));
      }
      double[] stored = contents.state().theta();
      double[] theta = new double[replicas * network.parameterCount()];
      for (int i = 0; i < theta.length; i++) {
        theta[i] = stored[i % stored.length];
        if (!Double.isFinite(theta[i])) {
          throw new IllegalArgumentException(
              "cannot start from %s: a parameter is %s".formatted(path, theta[i]));
        }
      }
      double[] running = contents.state().statistics();
      double[] statistics = new double[replicas * network.runningStatisticsCount()];
      for (int i = 0; i < statistics.length; i++) {
        statistics[i] = running[i % running.length];
      }
      return new StartingPoint(path, Digest.sha256(bytes), theta, statistics);
    } catch (IOException e) {
      throw InputFile.unreadable(path, e);
    }
  }

  /**
   * Requires the file a run began with.
   *
   * @param run its folder
   * @param then digest in the manifest of the run
   */
  void require(Path run, String then) {
    if (!digest.toString().equals(then)) {
      throw new IllegalArgumentException(
          "%s cannot be resumed: %s was %s, is %s: restore the file, or name it with --start-from"
              .formatted(run, file, then, digest));
    }
  }
}
