package org.noisescape.nn;

import java.util.ArrayList;
import java.util.List;

/** Words and signs of a description of a network, read one after the other. */
final class NetworkTokens {
  private static final String SIGNS = ",()|*:";

  private final List<String> tokens;
  private int position;

  private NetworkTokens(List<String> tokens) {
    this.tokens = tokens;
  }

  /**
   * Takes a text apart.
   *
   * @param text a line break counts as a comma; what follows # on a line does not count
   */
  static NetworkTokens of(String text) {
    List<String> tokens = new ArrayList<>();
    for (String line : text.split("\\R", -1)) {
      StringBuilder word = new StringBuilder();
      for (char c : line.split("#", 2)[0].toCharArray()) {
        boolean sign = SIGNS.indexOf(c) >= 0;
        if (!sign && !Character.isWhitespace(c)) {
          if (!isOfWord(c)) {
            throw new IllegalArgumentException(
                "'%c' is no part of a description: write for example conv 32 3x3 pad=1, relu"
                    .formatted(c));
          }
          word.append(c);
          continue;
        }
        end(word, tokens);
        if (sign) {
          tokens.add(String.valueOf(c));
        }
      }
      end(word, tokens);
      tokens.add(",");
    }
    return new NetworkTokens(tokens);
  }

  private static boolean isOfWord(char c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || "._=+-/".indexOf(c) >= 0;
  }

  private static void end(StringBuilder word, List<String> into) {
    if (!word.isEmpty()) {
      into.add(word.toString());
      word.setLength(0);
    }
  }

  /** The next one, or a comma where there is none. */
  String peek() {
    return position < tokens.size() ? tokens.get(position) : ",";
  }

  /** Whether the first layer is a dense one. */
  boolean beginsDense() {
    List<String> words = tokens.stream().filter(token -> !token.equals(",")).limit(3).toList();
    boolean named = words.size() == 3 && words.get(1).equals(":");
    return !words.isEmpty() && words.get(named ? 2 : 0).equals("linear");
  }

  /** Whether all have been read. */
  boolean atEnd() {
    return position >= tokens.size();
  }

  /** Whether the next one is a word. */
  boolean atWord() {
    return !atEnd() && (peek().length() > 1 || SIGNS.indexOf(peek().charAt(0)) < 0);
  }

  /** Reads the next one. */
  String next() {
    String token = peek();
    position++;
    return token;
  }

  /** Reads the next one if it is this sign. */
  boolean skip(String sign) {
    boolean there = !atEnd() && peek().equals(sign);
    position += there ? 1 : 0;
    return there;
  }

  /** Where reading stands. */
  int position() {
    return position;
  }

  /** Reads on from there. */
  void moveTo(int position) {
    this.position = position;
  }

  /** The text on one line, without comments and commas that part nothing. */
  String line() {
    StringBuilder line = new StringBuilder();
    for (String token : tokens) {
      boolean closes = token.equals(")") || token.equals("|");
      if (token.equals(",") || closes) {
        trimComma(line);
      }
      boolean apart = ",):*".indexOf(token.charAt(0)) < 0;
      boolean first = line.isEmpty() || line.charAt(line.length() - 1) == '(';
      if (token.equals(",") && (first || line.charAt(line.length() - 1) == '|')) {
        continue;
      }
      line.append(apart && !first && !token.equals("(") ? " " : "").append(token);
    }
    trimComma(line);
    return line.toString();
  }

  private static void trimComma(StringBuilder line) {
    if (!line.isEmpty() && line.charAt(line.length() - 1) == ',') {
      line.setLength(line.length() - 1);
    }
  }
}
