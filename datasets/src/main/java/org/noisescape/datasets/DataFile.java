package org.noisescape.datasets;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.noisescape.datasets.download.Digest;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;

/**
 * A data file being read, plain or gzip by its first two bytes, digested on the way.
 *
 * <p>Every failure is a {@link DataException} that begins with the path.
 */
final class DataFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final String REMEDY = "; copy or fetch the file again";

  private final Path path;
  private final MessageDigest message = Digest.start();
  private final InputStream in;
  private long position;

  DataFile(Path path) {
    this.path = path;
    InputStream raw = null;
    try {
      raw = new BufferedInputStream(InputFile.stream(path), BUFFER);
      raw.mark(2);
      boolean gzip = raw.read() == 0x1F && raw.read() == 0x8B;
      raw.reset();
      in = new DigestInputStream(gzip ? new GZIPInputStream(raw, BUFFER) : raw, message);
    } catch (WrongFile e) {
      if (e.getCause() instanceof IOException cause) {
        throw failure(cause);
      }
      throw new DataException(e.getMessage(), e);
    } catch (IOException e) {
      closeQuietly(raw);
      throw failure(e);
    }
  }

  /** A complaint about this file. */
  DataException wrong(String what) {
    return new DataException(path + ": " + what);
  }

  /** A complaint about this file whose remedy is to get the file again. */
  DataException damaged(String what) {
    return wrong(what + REMEDY);
  }

  /** A big-endian 32-bit integer. */
  int readInt(String what) {
    byte[] bytes = read(Integer.BYTES, what);
    return (bytes[0] & 0xFF) << 24
        | (bytes[1] & 0xFF) << 16
        | (bytes[2] & 0xFF) << 8
        | (bytes[3] & 0xFF);
  }

  /**
   * Exactly so many bytes. Memory grows with what the file holds, not with what its header claims.
   *
   * @param what names the bytes in the error
   */
  byte[] read(int count, String what) {
    try {
      byte[] bytes = readUpTo(count);
      if (bytes.length < count) {
        throw damaged(
            "truncated: expected "
                + (position + count)
                + " bytes ("
                + what
                + "), got "
                + (position + bytes.length));
      }
      position += count;
      return bytes;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** Checks that nothing follows and gives the digest of all contents. */
  Digest finish() {
    try {
      if (in.read() >= 0) {
        throw damaged("longer than its header says: expected " + position + " bytes, got more");
      }
      return Digest.finish(message);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The digest of the whole contents of a file, uncompressed, by the algorithm of another. */
  static Digest digestOf(Path path, Digest like) {
    try (DataFile file = new DataFile(path)) {
      return like.of(file.in);
    } catch (IOException e) {
      throw failure(path, e);
    }
  }

  @Override
  public void close() {
    closeQuietly(in);
  }

  /** A gzip stream that ends early reads as the bytes before the end. */
  private byte[] readUpTo(int count) throws IOException {
    byte[] whole = new byte[Math.min(count, BUFFER)];
    int filled = 0;
    while (filled < count) {
      if (filled == whole.length) {
        whole = Arrays.copyOf(whole, (int) Math.min(count, 2L * whole.length));
      }
      int got;
      try {
        got = in.read(whole, filled, whole.length - filled);
      } catch (EOFException e) {
        got = -1;
      }
      if (got < 0) {
        return Arrays.copyOf(whole, filled);
      }
      filled += got;
    }
    return whole;
  }

  private DataException failure(IOException e) {
    return failure(path, e);
  }

  private static DataException failure(Path path, IOException e) {
    String what;
    if (e instanceof NoSuchFileException) {
      what = "no such file";
    } else if (e instanceof AccessDeniedException) {
      what = "may not be read: change its permissions";
    } else if (e instanceof ZipException) {
      what = "damaged gzip data (" + e.getMessage() + ")" + REMEDY;
    } else if (e instanceof EOFException) {
      what = "truncated gzip data" + REMEDY;
    } else {
      what = "cannot be read: " + FileErrors.reason(e);
    }
    return new DataException(path + ": " + what, e);
  }

  private static void closeQuietly(InputStream stream) {
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        // Nothing was written, and what was read is complete or already reported.
        return;
      }
    }
  }
}
