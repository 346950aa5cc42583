package org.noisescape.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.noisescape.loss.Loss;
import org.noisescape.nn.Network;
import org.noisescape.registry.Named;

/**
 * A format of files that parameters are exchanged in with other programs; found by ServiceLoader.
 */
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

  /**
   * The same with the loss that they were trained with, for formats that keep one.
   *
   * @throws IOException naming the file
   * @throws IllegalArgumentException in one line where the format has no word for network or loss
   */
  default void write(Path file, Network network, Loss loss, List<StoredTensor> tensors)
      throws IOException {
    write(file, network, tensors);
  }

  /**
   * The tensors of a file; nothing where files of this format are only written.
   *
   * @throws IllegalArgumentException with one line where it is no such file
   */
  default Optional<Safetensors> read(Path file) {
    return Optional.empty();
  }

  /** The model that a file holds beside its parameters, as users name it, if it does. */
  default Optional<String> model(Path file) {
    return Optional.empty();
  }
}
