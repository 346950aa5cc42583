package org.noisescape.nn;

import java.nio.file.Path;
import java.util.Optional;
import org.noisescape.files.InputFile;
import org.noisescape.registry.Named;

/** A network that is written out: {@code net: conv 32 3x3 pad=1, relu, flatten, linear}. */
final class DescribedNetwork implements ModelProvider {
  private static final String ENDING = ".net";
  private static final int LONGEST = 1 << 16;

  @Override
  public String usage() {
    return "net:conv 32 3x3 pad=1, relu, maxpool 2, flatten, linear";
  }

  @Override
  public String description() {
    return "layers written out (see 'list layers'), with residual(f | shortcut), concat(f | g), 3*(layers);"
        + " net:FILE.net takes them from a file";
  }

  /** A file's text takes the place of its name, so that a run does not depend on the file. */
  @Override
  public String resolve(String specification) {
    String text = Named.argumentsOf(specification).strip();
    if (!text.endsWith(ENDING)) {
      return specification;
    }
    String content = InputFile.text(Path.of(text), LONGEST);
    try {
      return name() + ": " + NetworkTokens.of(content).line();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(text, e.getMessage()), e);
    }
  }

  @Override
  public Network build(String specification, int[] image, int outputs) {
    String whole = resolve(specification);
    try {
      NetworkTokens tokens = NetworkTokens.of(Named.argumentsOf(whole));
      Optional<DeclaredInput> declared = DeclaredInput.read(tokens);
      declared.ifPresent(one -> one.require(image));
      boolean flat =
          image[1] * image[2] == 1
              || declared.map(DeclaredInput::flat).orElseGet(tokens::beginsDense);
      int[] input = flat ? ModelZoo.flat(image) : ModelZoo.channelsLast(image);
      return new Network(whole, NetworkText.parse(tokens, input, outputs), input);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("model '%s': %s".formatted(whole, e.getMessage()), e);
    }
  }
}
