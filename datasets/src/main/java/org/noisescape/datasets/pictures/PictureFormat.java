package org.noisescape.datasets.pictures;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** The two formats, by their first bytes, and what is looked at before a decoder sees them. */
enum PictureFormat {
  /** Portable Network Graphics (ISO/IEC 15948). */
  PNG(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'),
  /** JPEG (ITU-T T.81). */
  JPEG(0xff, 0xd8, 0xff);

  /** Passes over a picture that a progressive JPEG may take; usual are ten. */
  private static final int MOST_SCANS = 200;

  /** Length, type and checksum of a chunk of a PNG. */
  private static final int CHUNK = 12;

  private static final int LAST_CHUNK = 0x49454e44;
  private static final byte[] PROFILE = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

  private final int[] begin;

  PictureFormat(int... begin) {
    this.begin = begin;
  }

  /** The format of a file's contents. */
  static PictureFormat of(byte[] contents) throws PictureException {
    for (PictureFormat format : values()) {
      if (format.begins(contents)) {
        return format;
      }
    }
    throw new PictureException("is neither PNG nor JPEG");
  }

  private boolean begins(byte[] contents) {
    for (int i = 0; i < begin.length; i++) {
      if (i >= contents.length || (contents[i] & 0xff) != begin[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * The contents as a decoder may have them.
   *
   * @throws PictureException where they are cut off, changed, or would take it without end
   */
  byte[] checked(byte[] contents) throws PictureException {
    if (this == PNG) {
      requireChunks(ByteBuffer.wrap(contents));
      return contents;
    }
    requireFewScans(contents);
    return withoutProfile(contents);
  }

  /** Decoders pass over chunks that are cut off and take none of their checksums. */
  private void requireChunks(ByteBuffer contents) throws PictureException {
    int at = begin.length;
    int type = 0;
    while (type != LAST_CHUNK) {
      int left = contents.capacity() - at - CHUNK;
      int length = left < 0 ? 0 : contents.getInt(at);
      if (left < 0 || length < 0 || length > left) {
        throw new PictureException("is truncated");
      }
      type = contents.getInt(at + Integer.BYTES);
      CRC32 sum = new CRC32();
      sum.update(contents.array(), at + Integer.BYTES, Integer.BYTES + length);
      if ((int) sum.getValue() != contents.getInt(at + 2 * Integer.BYTES + length)) {
        throw new PictureException("is damaged: a checksum is another one");
      }
      at += CHUNK + length;
    }
  }

  private static void requireFewScans(byte[] contents) throws PictureException {
    int scans = 0;
    for (int i = 1; i < contents.length; i++) {
      scans += contents[i - 1] == (byte) 0xff && contents[i] == (byte) 0xda ? 1 : 0;
    }
    if (scans > MOST_SCANS) {
      throw new PictureException("has more than %d scans".formatted(MOST_SCANS));
    }
  }

  /** The JDK's decoder would apply a profile, however odd, to the numbers. */
  private static byte[] withoutProfile(byte[] contents) {
    byte[] hidden = contents;
    int mark = 2 * Short.BYTES;
    for (int i = 0; i + mark + PROFILE.length < contents.length; i++) {
      if (contents[i] == (byte) 0xff
          && contents[i + 1] == (byte) 0xe2
          && named(contents, i + mark)) {
        hidden = hidden == contents ? contents.clone() : hidden;
        hidden[i + mark] = '-';
      }
    }
    return hidden;
  }

  private static boolean named(byte[] contents, int at) {
    return java.util.Arrays.equals(contents, at, at + PROFILE.length, PROFILE, 0, PROFILE.length);
  }
}
