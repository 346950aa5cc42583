package org.noisescape.dl4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.loss.CrossEntropy;
import org.noisescape.loss.Loss;
import org.noisescape.loss.MeanSquare;
import org.noisescape.nn.Network;
import org.noisescape.train.ParameterFormat;
import org.noisescape.train.Safetensors;
import org.noisescape.train.StoredTensor;

/**
 * Files of DL4J as files of parameters: those of a network under the names that it has for them.
 */
public final class Dl4jFormat implements ParameterFormat {
  /** For ServiceLoader. */
  public Dl4jFormat() {}

  @Override
  public String usage() {
    return "dl4j";
  }

  @Override
  public String description() {
    return "the network with its parameters, for DL4J's ModelSerializer";
  }

  @Override
  public String ending() {
    return ".zip";
  }

  /** With cross-entropy at the end where there are several outputs. */
  @Override
  public void write(Path file, Network network, List<StoredTensor> tensors) throws IOException {
    Loss loss = network.outputSize() > 1 ? new CrossEntropy(0) : new MeanSquare();
    write(file, network, loss, tensors);
  }

  @Override
  public void write(Path file, Network network, Loss loss, List<StoredTensor> tensors)
      throws IOException {
    Dl4jFile.write(file, Dl4jExport.model(network, tensors, loss));
  }

  @Override
  public Optional<Safetensors> read(Path file) {
    return Optional.of(Safetensors.of(Map.of(), Dl4jModel.read(file).tensors()));
  }

  @Override
  public Optional<String> model(Path file) {
    return Optional.of("dl4j:" + file);
  }
}
