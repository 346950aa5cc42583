package example.named;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.datasets.CatalogueEntry;
import org.noisescape.datasets.CatalogueEntry.Archive;
import org.noisescape.datasets.CatalogueEntry.Content;
import org.noisescape.datasets.Dataset;
import org.noisescape.datasets.DatasetPair;
import org.noisescape.datasets.DatasetProvider;
import org.noisescape.datasets.FloatFeatures;
import org.noisescape.datasets.Split;
import org.noisescape.datasets.download.Digest;

/** {@code text-points}: points of the plane in two classes, a line of text each. */
public final class TextPoints implements DatasetProvider {
  /** The file: class and coordinates. */
  static final String TEXT = "0 1 0.5\n1 -1 0\n0 0.5 1\n1 0 -1\n0 1 1\n1 -1 -0.5\n";

  private static final Content FILE =
      new Content("points.txt", TEXT.length(), digest(TEXT.getBytes(StandardCharsets.US_ASCII)));

  private static final Archive ARCHIVE =
      new Archive(
          "points.txt.gz",
          60,
          digest(new byte[0]),
          List.of(URI.create("https://data.example/points.txt.gz")),
          List.of(FILE));

  @Override
  public CatalogueEntry entry() {
    return new CatalogueEntry(
        "text-points",
        "six points of the plane, 2 classes",
        6,
        0,
        "made up",
        "none needed",
        Optional.of("points"),
        List.of(ARCHIVE));
  }

  @Override
  public DatasetPair load(String spec, String options, Optional<Path> folder) {
    byte[] bytes = DatasetProvider.read(folder.orElseThrow(), FILE);
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
            .withDigests(Map.of(FILE.name(), digest(bytes).toString()));
    return new DatasetPair(train, Optional.empty());
  }

  private static Digest digest(byte[] bytes) {
    return Digest.sha256(bytes);
  }
}
