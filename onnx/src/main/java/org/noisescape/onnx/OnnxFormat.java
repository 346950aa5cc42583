package org.noisescape.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.WholeFile;
import org.noisescape.nn.Network;
import org.noisescape.train.ParameterFormat;
import org.noisescape.train.Safetensors;
import org.noisescape.train.StoredTensor;

/**
 * Files of ONNX as files of parameters: those of a network under the names that it has for them.
 */
public final class OnnxFormat implements ParameterFormat {
  /** For ServiceLoader. */
  public OnnxFormat() {}

  @Override
  public String usage() {
    return "onnx";
  }

  @Override
  public String description() {
    return "the network with its parameters, for whatever reads ONNX";
  }

  @Override
  public void write(Path file, Network network, List<StoredTensor> tensors) throws IOException {
    OnnxMessage model = NetworkWriter.model(network, tensors);
    WholeFile.write(file, model::writeTo);
  }

  @Override
  public Optional<Safetensors> read(Path file) {
    return Optional.of(Safetensors.of(Map.of(), OnnxNetwork.read(file).description().tensors()));
  }

  @Override
  public Optional<String> model(Path file) {
    return Optional.of("onnx:" + file);
  }
}
