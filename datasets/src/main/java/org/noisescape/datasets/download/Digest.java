package org.noisescape.datasets.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.noisescape.files.InputFile;

/**
 * A checksum with its algorithm, written {@code sha256:…} or {@code md5:…}.
 *
 * @param algorithm sha256 or md5
 * @param hex lower-case hexadecimal digits
 */
public record Digest(String algorithm, String hex) {
  private static final String SHA256 = "sha256";
  private static final String MD5 = "md5";

  /** Checks algorithm and length. */
  public Digest {
    int digits =
        switch (algorithm) {
          case SHA256 -> 64;
          case MD5 -> 32;
          default ->
              throw new IllegalArgumentException(
                  "digest algorithm must be sha256 or md5, got '" + algorithm + "'");
        };
    hex = hex.toLowerCase(Locale.ROOT);
    if (!hex.matches("[0-9a-f]{" + digits + "}")) {
      throw new IllegalArgumentException(
          "a " + algorithm + " digest has " + digits + " hexadecimal digits, got '" + hex + "'");
    }
  }

  /** Reads {@code algorithm:hex}. */
  public static Digest parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("a digest reads algorithm:hex, got '" + text + "'");
    }
    return new Digest(text.substring(0, colon), text.substring(colon + 1));
  }

  /** The SHA-256 digest of that many hexadecimal digits. */
  public static Digest sha256(String hex) {
    return new Digest(SHA256, hex);
  }

  /** The SHA-256 digest of bytes. */
  public static Digest sha256(byte[] bytes) {
    return finish(SHA256, start(SHA256).digest(bytes));
  }

  /** The SHA-256 digest of all that a stream still holds; closes it. */
  public static Digest sha256(InputStream in) throws IOException {
    return of(SHA256, in);
  }

  /** The digest, by this one's algorithm, of a whole file. */
  public Digest of(Path file) throws IOException {
    return of(InputFile.stream(file));
  }

  /** The digest, by this one's algorithm, of all that a stream still holds; closes it. */
  public Digest of(InputStream in) throws IOException {
    return of(algorithm, in);
  }

  private static Digest of(String algorithm, InputStream in) throws IOException {
    MessageDigest message = start(algorithm);
    try (DigestInputStream digesting = new DigestInputStream(in, message)) {
      digesting.transferTo(OutputStream.nullOutputStream());
    }
    return finish(message);
  }

  /** A SHA-256 computation to feed while reading. */
  public static MessageDigest start() {
    return start(SHA256);
  }

  /** A computation by this one's algorithm. */
  MessageDigest begin() {
    return start(algorithm);
  }

  /** The outcome of a computation begun with {@link #start()} or {@link #begin()}. */
  public static Digest finish(MessageDigest message) {
    String algorithm = message.getAlgorithm().equals("MD5") ? MD5 : SHA256;
    return finish(algorithm, message.digest());
  }

  private static Digest finish(String algorithm, byte[] digest) {
    return new Digest(algorithm, HexFormat.of().formatHex(digest));
  }

  private static MessageDigest start(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.equals(MD5) ? "MD5" : "SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5 and SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return algorithm + ":" + hex;
  }
}
