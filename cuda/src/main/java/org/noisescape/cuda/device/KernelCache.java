package org.noisescape.cuda.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled kernels on disk, by a digest of all they depend on.
 *
 * <p>The folder is the system property {@value #PROPERTY}, else the environment variable {@value
 * #VARIABLE}, else {@code noisescape/cuda} in the user's cache folder. Without a writable folder
 * kernels are compiled at every start.
 */
public final class KernelCache {
  /** System property: the folder. */
  public static final String PROPERTY = "noisescape.cuda.cache";

  /** Environment variable: the folder. */
  public static final String VARIABLE = "NOISESCAPE_CUDA_CACHE";

  /** System property: a folder of kernels compiled elsewhere, which is only read. */
  static final String GIVEN_PROPERTY = "noisescape.cuda.kernels";

  /** Environment variable: the same. */
  static final String GIVEN_VARIABLE = "NOISESCAPE_CUDA_KERNELS";

  private static final Logger LOG = LoggerFactory.getLogger(KernelCache.class);

  /** Null for a cache that holds nothing. */
  private final Path folder;

  /** A cache in a folder, which is made when needed. */
  public KernelCache(Path folder) {
    this.folder = folder;
  }

  /** The cache of this user. */
  public static KernelCache ofThisUser() {
    String given = System.getProperty(PROPERTY, System.getenv(VARIABLE));
    if (given != null && !given.isBlank()) {
      return new KernelCache(Path.of(given));
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return new KernelCache(base.resolve("noisescape").resolve("cuda"));
  }

  /** Kernels that travelled along, compiled elsewhere; nothing where no folder is named. */
  public static KernelCache givenToThisUser() {
    String named = System.getProperty(GIVEN_PROPERTY, System.getenv(GIVEN_VARIABLE));
    return new KernelCache(named == null || named.isBlank() ? null : Path.of(named));
  }

  /** What was kept under a key, or null. */
  byte[] get(String key) {
    if (folder == null) {
      return null;
    }
    Path file = folder.resolve(key);
    try {
      return Files.isReadable(file) ? Files.readAllBytes(file) : null;
    } catch (IOException e) {
      LOG.debug("cannot read {}", file, e);
      return null;
    }
  }

  /** Keeps an image; other processes see all of it or nothing. */
  void put(String key, byte[] image) {
    if (folder == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, key, ".tmp");
      Files.write(temporary, image);
      Files.move(temporary, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("compiled kernels cannot be kept in {}: {}", folder, e.toString());
    }
  }

  static String digest(List<String> parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
