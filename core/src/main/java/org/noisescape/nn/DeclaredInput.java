package org.noisescape.nn;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a description says its samples are, before its first layer: {@code input 3x32x32} for images
 * (channels, height, width), {@code input 784} for features.
 *
 * @param sizes one or three
 */
@SuppressWarnings("ArrayRecordComponent") // read once, never compared
record DeclaredInput(int[] sizes) {
  static final String WORD = "input";

  private static final Pattern SIZES = Pattern.compile("[1-9]\\d{0,8}(x[1-9]\\d{0,8}){0,2}");

  /** Reads it where it stands next. */
  static Optional<DeclaredInput> read(NetworkTokens tokens) {
    while (tokens.skip(",")) {
      // nothing stands between two commas
    }
    if (tokens.atEnd() || !tokens.peek().equals(WORD)) {
      return Optional.empty();
    }
    tokens.next();
    String text = tokens.atWord() ? tokens.next() : "";
    Matcher matcher = SIZES.matcher(text);
    int[] sizes =
        matcher.matches()
            ? Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray()
            : new int[0];
    if (sizes.length != 1 && sizes.length != 3) {
      throw new IllegalArgumentException(
          "'%s %s': write for example input 3x32x32 (channels, height, width) or input 784"
              .formatted(WORD, text));
    }
    return Optional.of(new DeclaredInput(sizes));
  }

  /** Whether samples are features. */
  boolean flat() {
    return sizes.length == 1;
  }

  /** Refuses samples that are others. */
  void require(int... image) {
    boolean fits = flat() ? Network.product(image) == sizes[0] : Arrays.equals(sizes, image);
    if (!fits) {
      throw new IllegalArgumentException(
          "its input is %s, a sample of the data is %s: take a data set of its size"
              .formatted(text(sizes), text(image)));
    }
  }

  private static String text(int... sizes) {
    return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }
}
