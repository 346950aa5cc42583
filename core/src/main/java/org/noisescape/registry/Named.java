package org.noisescape.registry;

/** Something users name, with arguments after a colon where it takes some. */
public interface Named {
  /**
   * How it is written, for lists and errors: the name, with an example of its arguments after a
   * colon where it needs some, such as {@code momentum:0.9}.
   */
  String usage();

  /** What it is, in one line. */
  String description();

  /** The name, without arguments. */
  default String name() {
    return nameOf(usage());
  }

  /** What stands before the first colon of a specification. */
  static String nameOf(String specification) {
    int colon = specification.indexOf(':');
    return colon < 0 ? specification : specification.substring(0, colon);
  }

  /** What stands behind the first colon of a specification; empty where there is none. */
  static String argumentsOf(String specification) {
    return specification.substring(
        Math.min(specification.length(), nameOf(specification).length() + 1));
  }
}
