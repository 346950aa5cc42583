package org.noisescape.train;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.noisescape.files.NpyHeader;
import org.noisescape.files.NpyType;
import org.noisescape.files.WholeFile;
import org.noisescape.nn.Network;

/** An archive of NumPy's arrays, stored without compression as {@code numpy.savez} does. */
record NpzFormat() implements ParameterFormat {
  /** Where the time of archives begins; equal parameters make equal files. */
  private static final LocalDateTime START = LocalDateTime.of(1980, 1, 1, 0, 0);

  @Override
  public String usage() {
    return "npz";
  }

  @Override
  public String description() {
    return "arrays by the names of the parameters: numpy.load(FILE)";
  }

  @Override
  public void write(Path file, Network network, List<StoredTensor> tensors) throws IOException {
    WholeFile.write(file, channel -> write(channel, tensors));
  }

  private static void write(WritableByteChannel channel, List<StoredTensor> tensors)
      throws IOException {
    // the channel is not this method's to close
    ZipOutputStream zip =
        new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
    zip.setMethod(ZipOutputStream.STORED);
    for (StoredTensor tensor : tensors) {
      byte[] header = NpyHeader.of(type(tensor), tensor.shape()).bytes();
      ByteBuffer elements = tensor.bytes();
      CRC32 sum = new CRC32();
      sum.update(header);
      sum.update(elements.duplicate());
      ZipEntry entry = new ZipEntry(tensor.name() + ".npy");
      entry.setTimeLocal(START);
      entry.setSize(header.length + (long) elements.remaining());
      entry.setCompressedSize(entry.getSize());
      entry.setCrc(sum.getValue());
      zip.putNextEntry(entry);
      zip.write(header);
      byte[] bytes = new byte[elements.remaining()];
      elements.duplicate().get(bytes);
      zip.write(bytes);
      zip.closeEntry();
    }
    zip.finish();
    zip.flush();
  }

  private static NpyType type(StoredTensor tensor) {
    return switch (tensor.type()) {
      case F32 -> NpyType.F4;
      case F64 -> NpyType.F8;
      case F16, BF16, I32, I64 ->
          throw new IllegalArgumentException(
              "tensor '" + tensor.name() + "': parameters need F32 or F64, got " + tensor.type());
    };
  }
}
