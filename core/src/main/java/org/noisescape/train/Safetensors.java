package org.noisescape.train;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.noisescape.files.InputFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WrongFile;

/**
 * The safetensors file format: 8 bytes of header length (little-endian), a JSON header, then the
 * elements of all tensors without gaps.
 *
 * <p>Source: the format description of huggingface/safetensors. The reader is strict: a file whose
 * header does not describe every byte exactly once is an error.
 *
 * @param metadata strings of {@code __metadata__}
 * @param tensors by name, in the order of the file
 */
public record Safetensors(Map<String, String> metadata, Map<String, StoredTensor> tensors) {
  /** Longest header that is read; the limit of the reference implementation. */
  static final long LONGEST_HEADER = 100_000_000;

  private static final int LENGTH_BYTES = 8;

  /** PK in little-endian, with which zip files begin. */
  private static final int ZIP = 0x4b50;

  /** Keeps the order. */
  public Safetensors {
    metadata = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    tensors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** A file of these tensors, whose names must differ. */
  public static Safetensors of(Map<String, String> metadata, List<StoredTensor> tensors) {
    Map<String, StoredTensor> byName = new LinkedHashMap<>();
    for (StoredTensor tensor : tensors) {
      if (byName.put(tensor.name(), tensor) != null) {
        throw new IllegalArgumentException("two tensors are named '" + tensor.name() + "'");
      }
    }
    return new Safetensors(metadata, byName);
  }

  /** Writes the file, whole and flushed, or leaves the former one as it was. */
  public void write(Path file) throws IOException {
    WholeFile.write(file, this::writeTo);
  }

  /** Writes the bytes of the file. */
  void writeTo(WritableByteChannel channel) throws IOException {
    byte[] header =
        SafetensorsHeader.of(metadata, tensors.values()).getBytes(StandardCharsets.UTF_8);
    ByteBuffer start =
        ByteBuffer.allocate(LENGTH_BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
    writeFully(channel, start.putLong(header.length).put(header).flip());
    for (StoredTensor tensor : tensors.values()) {
      writeFully(channel, tensor.bytes().duplicate());
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException with one line where it is no such file
   */
  public static Safetensors read(Path file) {
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          file + " is a folder: name a file, for example " + file.resolve("last.safetensors"));
    }
    try (FileChannel channel = InputFile.open(file)) {
      long size = channel.size();
      if (size < LENGTH_BYTES) {
        throw new WrongFile(file, "truncated: expected at least 8 bytes, got " + size);
      }
      long length = read(channel, 0, LENGTH_BYTES).getLong();
      if ((length & 0xffff) == ZIP) {
        throw new WrongFile(
            file,
            "is a zip file, as torch.save writes them: convert it with python3 -c \"import torch;"
                + " from safetensors.torch import save_file;"
                + " save_file(torch.load('%s', weights_only=True), 'model.safetensors')\""
                    .formatted(file.getFileName()));
      }
      if (length < 2 || length > LONGEST_HEADER || length > size - LENGTH_BYTES) {
        throw new WrongFile(
            file,
            "not a safetensors file, or truncated: the header claims "
                + Long.toUnsignedString(length)
                + " bytes, the file has "
                + (size - LENGTH_BYTES)
                + " after its first 8");
      }
      byte[] header = new byte[(int) length];
      read(channel, LENGTH_BYTES, header.length).get(header);
      long begin = LENGTH_BYTES + length;
      SafetensorsHeader parsed =
          SafetensorsHeader.parse(file, InputFile.decode(file, header), size - begin);
      List<StoredTensor> tensors = new ArrayList<>();
      for (SafetensorsHeader.Entry entry : parsed.entries()) {
        ByteBuffer bytes =
            read(channel, begin + entry.begin(), (int) (entry.end() - entry.begin()));
        tensors.add(new StoredTensor(entry.name(), entry.type(), entry.shape(), bytes));
      }
      return of(parsed.metadata(), tensors);
    } catch (IOException e) {
      throw InputFile.unreadable(file, e);
    }
  }

  private static ByteBuffer read(FileChannel channel, long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("the file became shorter while it was read");
      }
    }
    return buffer.flip();
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
