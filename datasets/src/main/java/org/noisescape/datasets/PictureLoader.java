package org.noisescape.datasets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.noisescape.datasets.PictureFolder.Sample;
import org.noisescape.datasets.download.Digest;
import org.noisescape.datasets.pictures.Picture;
import org.noisescape.datasets.pictures.PictureException;
import org.noisescape.datasets.pictures.PictureFile;
import org.noisescape.datasets.pictures.PictureFit;
import org.noisescape.files.InputFile;
import org.noisescape.files.WrongFile;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * Decodes the pictures of a part, side by side, or takes them from the cache.
 *
 * <p>Every file is read and digested each time, so that a changed picture is another set; decoding,
 * which takes most of the time, is done once.
 */
final class PictureLoader {
  /** Changes where other pixels come of the same files. */
  private static final String VERSION = "1";

  private static final int NAMED = 10;

  private final List<Sample> samples;
  private final Optional<PictureFit> fit;
  private final ReadingProgress reading;
  private final String[] wrong;
  private final String[] digests;

  /** Pixels that are being decoded at once, so that memory does not grow with the threads. */
  private final Semaphore pixels = new Semaphore((int) PictureFile.MOST_PIXELS);

  PictureLoader(List<Sample> samples, Optional<PictureFit> fit, ReadingProgress reading) {
    this.samples = samples;
    this.fit = fit;
    this.reading = reading;
    this.wrong = new String[samples.size()];
    this.digests = new String[samples.size()];
  }

  /**
   * The pixels of all pictures.
   *
   * @param folder where they are, for the complaint
   * @param cache the folder of all caches
   */
  Pixels load(Path folder, Path cache) {
    each("pictures read", i -> digests[i] = Digest.sha256(contents(i)).hex());
    refuse(folder);
    String key = VERSION + "\n" + Runtime.version() + "\n" + fit + "\n" + listing(samples, digests);
    PictureCache kept = new PictureCache(cache, key);
    Optional<Pixels> found = kept.read(samples.size());
    if (found.isPresent()) {
      return found.get();
    }
    int[] extents =
        fit.map(wanted -> new int[] {wanted.height(), wanted.width()})
            .orElseGet(() -> firstExtents(folder));
    int length =
        Sizes.product("bytes of a picture", Pixels.FEWER, Pixels.CHANNELS, extents[0], extents[1]);
    int bytes = Sizes.product("bytes of pictures", Pixels.FEWER, samples.size(), length);
    JavaHeap.require(bytes, folder.toString(), Pixels.FEWER);
    Pixels decoded = new Pixels(extents[0], extents[1], new byte[bytes]);
    each("pictures decoded", i -> fitted(i, extents).copyPlanar(decoded.bytes(), i * length));
    refuse(folder);
    kept.write(decoded);
    return decoded;
  }

  /**
   * The digest of all files: that of the lines that {@code sha256sum} prints of them, sorted by
   * path.
   */
  String digest() {
    Integer[] order = IntStream.range(0, samples.size()).boxed().toArray(Integer[]::new);
    Arrays.sort(order, (a, b) -> samples.get(a).name().compareTo(samples.get(b).name()));
    List<Sample> sorted = Arrays.stream(order).map(samples::get).toList();
    String[] sums = Arrays.stream(order).map(i -> digests[i]).toArray(String[]::new);
    return Digest.sha256(listing(sorted, sums).getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String listing(List<Sample> samples, String... digests) {
    return IntStream.range(0, digests.length)
        .mapToObj(i -> digests[i] + "  " + samples.get(i).name() + "\n")
        .collect(Collectors.joining());
  }

  private int[] firstExtents(Path folder) {
    try (PictureFile file = new PictureFile(contents(0))) {
      return new int[] {file.height(), file.width()};
    } catch (IOException e) {
      wrong[0] = e.getMessage();
      refuse(folder);
      throw new IllegalStateException("refused", e);
    }
  }

  private Picture fitted(int i, int... extents) throws IOException {
    byte[] contents = contents(i);
    if (!Digest.sha256(contents).hex().equals(digests[i])) {
      throw new IOException("was changed while it was read");
    }
    try (PictureFile file = new PictureFile(contents)) {
      if (fit.isEmpty() && (file.height() != extents[0] || file.width() != extents[1])) {
        throw new IOException(
            "has %d x %d pixels, the first picture %d x %d: give a size"
                .formatted(file.height(), file.width(), extents[0], extents[1]));
      }
      int taken = file.height() * file.width();
      pixels.acquireUninterruptibly(taken);
      try {
        Picture picture = file.decode();
        return fit.isPresent() ? fit.get().apply(picture) : picture;
      } finally {
        pixels.release(taken);
      }
    }
  }

  private byte[] contents(int i) throws PictureException {
    try {
      return InputFile.bytes(samples.get(i).file(), PictureFile.MOST_BYTES);
    } catch (WrongFile e) {
      String file = samples.get(i).file() + ": ";
      throw new PictureException(e.getMessage().replace(file, ""));
    }
  }

  /** What is done to one picture. */
  private interface Step {
    void apply(int i) throws IOException;
  }

  private void each(String what, Step step) {
    Tally tally = new Tally(what);
    IntConsumer guarded =
        i -> {
          try {
            step.apply(i);
          } catch (IOException e) {
            wrong[i] = e.getMessage();
          }
          tally.count();
        };
    IntStream.range(0, samples.size()).parallel().forEach(guarded);
  }

  /** How many pictures are done, told in their order though threads end in any. */
  private final class Tally {
    private final String what;
    private int done;

    Tally(String what) {
      this.what = what;
    }

    synchronized void count() {
      reading.read(what, ++done, samples.size());
    }
  }

  /** One line with the pictures that are wrong, if there are any. */
  private void refuse(Path folder) {
    long count = Arrays.stream(wrong).filter(Objects::nonNull).count();
    if (count > 0) {
      String named =
          IntStream.range(0, wrong.length)
              .filter(i -> wrong[i] != null)
              .limit(NAMED)
              .mapToObj(i -> samples.get(i).name() + " " + wrong[i])
              .collect(Collectors.joining("; "));
      throw new DataException(
          "%s: %d of %d pictures cannot be taken: %s%s"
              .formatted(
                  folder,
                  count,
                  wrong.length,
                  named,
                  count > NAMED ? "; and %d more".formatted(count - NAMED) : ""));
    }
  }
}
