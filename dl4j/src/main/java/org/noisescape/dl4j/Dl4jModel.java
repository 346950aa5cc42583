package org.noisescape.dl4j;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.Model;
import org.noisescape.files.WrongFile;
import org.noisescape.nn.ModelProvider;
import org.noisescape.nn.ModelZoo;
import org.noisescape.nn.Network;
import org.noisescape.registry.Named;

/** The network of a file of DL4J, which is written out as {@code net:} before anything else. */
public final class Dl4jModel implements ModelProvider {
  /** For ServiceLoader. */
  public Dl4jModel() {}

  @Override
  public String usage() {
    return "dl4j:FILE.zip";
  }

  @Override
  public String description() {
    return "the layers of a file of Deeplearning4j, written out as net:, with weights drawn anew";
  }

  @Override
  public String resolve(String specification) {
    return read(file(specification)).specification();
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
      throw new IllegalArgumentException("model 'dl4j' needs a file: write dl4j:FILE.zip");
    }
    return Path.of(name);
  }

  /**
   * Reads a file.
   *
   * @throws WrongFile in one line where it cannot be read
   */
  static Dl4jNetwork read(Path file) {
    Model model = Dl4jFile.read(file);
    try {
      return Dl4jNetwork.of(model);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new WrongFile(file, e.getMessage(), e);
    }
  }
}
