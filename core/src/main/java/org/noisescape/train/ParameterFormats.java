package org.noisescape.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.noisescape.nn.Network;
import org.noisescape.registry.Named;
import org.noisescape.registry.Registry;

/** The formats that parameters can be written in. */
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
