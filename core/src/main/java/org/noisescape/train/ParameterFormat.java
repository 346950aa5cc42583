package org.noisescape.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.noisescape.nn.Network;
import org.noisescape.registry.Named;

/** A format of files that other programs read parameters from; found by ServiceLoader. */
public interface ParameterFormat extends Named {
  /** How names of its files end, with the dot. */
  default String ending() {
    return "." + name();
  }

  /**
   * Writes a file, whole, or leaves the former one as it was.
   *
   * @param network whose parameters they are
   * @param tensors parameters in their order within θ, then running statistics, by their names and
   *     in the shapes of PyTorch's state dictionaries, without an axis of replicas
   * @throws IOException naming the file
   * @throws IllegalArgumentException in one line where the format has no word for the network
   */
  void write(Path file, Network network, List<StoredTensor> tensors) throws IOException;
}
