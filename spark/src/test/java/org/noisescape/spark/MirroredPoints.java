package org.noisescape.spark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.noisescape.datasets.CatalogueEntry;
import org.noisescape.datasets.CatalogueEntry.Archive;
import org.noisescape.datasets.CatalogueEntry.Content;
import org.noisescape.datasets.Dataset;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.datasets.DatasetProvider;
import org.noisescape.datasets.FloatFeatures;
import org.noisescape.datasets.Split;
import org.noisescape.datasets.download.Digest;

/** {@code mirrored-points}: a data set that this machine serves. */
public final class MirroredPoints implements DatasetProvider {
  /** Environment variable that names the port of the mirror. */
  static final String PORT = "NOISESCAPE_TEST_PORT";

  /** The file. */
  static final String NAME = "points.txt";

  /** What it holds: class and coordinates. */
  static final String TEXT = "0 1 0.5\n1 -1 0\n0 0.5 1\n1 0 -1\n";

  /** Found by ServiceLoader. */
  public MirroredPoints() {}

  static byte[] archive() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(TEXT.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Content file() {
    byte[] text = TEXT.getBytes(StandardCharsets.US_ASCII);
    return new Content(NAME, text.length, Digest.sha256(text));
  }

  @Override
  public CatalogueEntry entry() {
    byte[] archive = archive();
    String port = System.getenv().getOrDefault(PORT, "1");
    return new CatalogueEntry(
        "mirrored-points",
        "four points of the plane, 2 classes",
        4,
        0,
        "made up",
        "none needed",
        Optional.of("mirrored"),
        List.of(
            new Archive(
                NAME + ".gz",
                archive.length,
                Digest.sha256(archive),
                List.of(URI.create("http://127.0.0.1:" + port + "/" + NAME + ".gz")),
                List.of(file()))));
  }

  @Override
  public DatasetPair load(String spec, String options, Optional<Path> folder) {
    byte[] bytes = DatasetProvider.read(folder.orElseThrow(), file());
    List<String> lines = new String(bytes, StandardCharsets.US_ASCII).lines().toList();
    int[] labels = new int[lines.size()];
    float[] features = new float[2 * labels.length];
    for (int i = 0; i < labels.length; i++) {
      String[] words = lines.get(i).split(" ", -1);
      labels[i] = Integer.parseInt(words[0]);
      features[2 * i] = Float.parseFloat(words[1]);
      features[2 * i + 1] = Float.parseFloat(words[2]);
    }
    Dataset train =
        Dataset.ofClasses(
                spec,
                Split.TRAIN,
                new int[] {2, 1, 1},
                new FloatFeatures(features, labels.length, 2),
                labels,
                List.of("right", "left"))
            .withDigests(Map.of(NAME, Digest.sha256(bytes).toString()));
    return new DatasetPair(train, Optional.empty());
  }
}
