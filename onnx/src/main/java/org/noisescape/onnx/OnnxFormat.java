package org.noisescape.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.nn.Network;
import org.noisescape.train.ParameterFormat;
import org.noisescape.train.Safetensors;
import org.noisescape.train.StoredTensor;

/** The weights of a file of ONNX, under the names that the network of the file has for them. */
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
    throw new IOException("not yet");
  }

  @Override
  public Optional<Safetensors> read(Path file) {
    return Optional.of(
        Safetensors.of(Map.of(), OnnxNetwork.read(file).description().tensors()));
  }

  @Override
  public Optional<String> model(Path file) {
    return Optional.of("onnx:" + file);
  }
}
