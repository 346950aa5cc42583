package org.noisescape.onnx;

import java.nio.file.Path;
import java.util.List;
import org.noisescape.files.WrongFile;
import org.noisescape.nn.ModelProvider;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.registry.Named;

/** The network of a file of ONNX, which is written out as {@code net:} before anything else. */
public final class OnnxNetwork implements ModelProvider {
  /** For ServiceLoader. */
  public OnnxNetwork() {}

  @Override
  public String usage() {
    return "onnx:FILE.onnx";
  }

  @Override
  public String description() {
    return "the layers of a file of ONNX, written out as net:, with weights drawn anew";
  }

  @Override
  public String resolve(String specification) {
    return "net: " + read(file(specification)).description().text();
  }

  @Override
  public List<String> notes(String specification) {
    return read(file(specification)).notes();
  }

  @Override
  public Network build(String specification, int[] image, int outputs) {
    return ModelZoo.build(resolve(specification), image, outputs);
  }

  private static Path file(String specification) {
    String name = Named.argumentsOf(specification).strip();
    if (name.isEmpty()) {
      throw new IllegalArgumentException("model 'onnx' needs a file: write onnx:FILE.onnx");
    }
    return Path.of(name);
  }

  /**
   * A file, read.
   *
   * @param description its layers and tensors
   * @param notes what was left out, a line each
   */
  record Contents(Description description, List<String> notes) {}

  /**
   * Reads a file.
   *
   * @throws WrongFile in one line where it cannot be read
   */
  static Contents read(Path file) {
    OnnxModel model = OnnxReader.read(file);
    try {
      GraphReading.Found found = GraphReading.of(model);
      return new Contents(Description.of(found), found.notes());
    } catch (IllegalArgumentException e) {
      throw new WrongFile(file, e.getMessage(), e);
    }
  }
}
