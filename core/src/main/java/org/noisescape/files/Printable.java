package org.noisescape.files;

/** Text from outside, made fit to be shown. */
public final class Printable {
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;

  private Printable() {}

  /**
   * The same text with control characters, which could drive a terminal or end a line, direction
   * marks, halves of surrogate pairs and characters that XML forbids written as backslash, u and
   * four hexadecimal digits.
   */
  public static String text(String raw) {
    StringBuilder shown = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < raw.length()
          && Character.isLowSurrogate(raw.charAt(i + 1))) {
        shown.append(c).append(raw.charAt(++i));
      } else if (hidden(c)) {
        shown.append("\\u").append(hexadecimal(c));
      } else {
        shown.append(c);
      }
    }
    return shown.toString();
  }

  /** The same, but for ends of lines and tabulators, which stay. */
  public static String lines(String raw) {
    StringBuilder shown = new StringBuilder(raw.length());
    int begin = 0;
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) == '\n' || raw.charAt(i) == '\t') {
        shown.append(text(raw.substring(begin, i))).append(raw.charAt(i));
        begin = i + 1;
      }
    }
    return shown.append(text(raw.substring(begin))).toString();
  }

  /** A text with its middle left out where it is longer than so many characters. */
  public static String shortened(String text, int most) {
    int half = most / 2;
    return text.length() <= most
        ? text
        : text.substring(0, half) + " ... " + text.substring(text.length() - half);
  }

  private static boolean hidden(char c) {
    boolean control = c < ' ' || (c >= DELETE && c <= LAST_CONTROL);
    boolean separates = c == '\u2028' || c == '\u2029';
    boolean turns = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    return control || separates || turns || Character.isSurrogate(c) || c >= '\ufffe';
  }

  private static String hexadecimal(char c) {
    String digits = Integer.toHexString(c);
    return "0".repeat(4 - digits.length()) + digits;
  }
}
