package org.noisescape.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.nn.Network;
import org.noisescape.registry.Named;
import org.noisescape.registry.Registry;

/** The formats that parameters can be written in, and some read from. */
public final class ParameterFormats {
  private static final Registry<ParameterFormat> REGISTRY =
      new Registry<>(
          "format",
          ParameterFormat.class,
          ParameterFormat::name,
          List.of(new SafetensorsFormat(), new NpzFormat()));

  private ParameterFormats() {}

  /** All of them, for lists. */
  public static List<? extends Named> all() {
    return REGISTRY.all();
  }

  /** Names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /**
   * The format of a name.
   *
   * @throws IllegalArgumentException for any other
   */
  public static ParameterFormat require(String name) {
    return REGISTRY.require(name);
  }

  /** The tensors of a file, which is safetensors where its ending says nothing else. */
  static Safetensors tensors(Path file) {
    return of(file).flatMap(format -> format.read(file)).orElseGet(() -> Safetensors.read(file));
  }

  /** The model that a file holds beside its parameters, as users name it, if it does. */
  public static Optional<String> model(Path file) {
    return of(file).flatMap(format -> format.model(file));
  }

  private static Optional<ParameterFormat> of(Path file) {
    String name = String.valueOf(file.getFileName());
    return REGISTRY.all().stream().filter(format -> name.endsWith(format.ending())).findFirst();
  }

  /** A state dictionary as the safetensors library reads it. */
  private record SafetensorsFormat() implements ParameterFormat {
    @Override
    public String usage() {
      return "safetensors";
    }

    @Override
    public String description() {
      return "a state dictionary for PyTorch: model.load_state_dict(load_file(FILE))";
    }

    @Override
    public void write(Path file, Network network, List<StoredTensor> tensors) throws IOException {
      Safetensors.of(Map.of("format", "pt"), tensors).write(file);
    }
  }
}
