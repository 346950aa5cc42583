package org.noisescape.datasets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noisescape.datasets.PictureFolder.Sample;
import org.noisescape.datasets.pictures.PictureFilter;
import org.noisescape.datasets.pictures.PictureFit;

/**
 * A folder of pictures as a data set, {@code images:DIR}: which is of which class says {@link
 * PictureFolder}; always three channels, which option {@code grey} makes one of.
 *
 * <p>{@code size=32} or {@code size=32x48} (height and width) resizes, {@code fit=crop} (sides in
 * proportion, then the middle) or {@code fit=stretch}, {@code filter=bilinear}, {@code bicubic} or
 * {@code box}: {@link PictureFit}. Without a size all pictures must have the same.
 */
final class ImagesReader {
  /** What it can be told. */
  static final List<String> OPTIONS =
      List.of("size", "fit", "filter", TestShare.TEST, TestShare.SEED);

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");
  private static final String CROP = "crop";

  private ImagesReader() {}

  static DatasetPair read(PathSource.Request request) {
    Optional<PictureFit> fit = fit(request);
    PictureFolder folder = PictureFolder.of(request.path());
    Dataset train = part(request, Split.TRAIN, folder.train(), folder.classes(), fit);
    Optional<Dataset> test =
        folder.test().map(samples -> part(request, Split.TEST, samples, folder.classes(), fit));
    return TestShare.apply(request.options(), train, test);
  }

  private static Optional<PictureFit> fit(PathSource.Request request) {
    SpecOptions options = request.options();
    Optional<String> size = options.text("size");
    boolean crop = options.choice("fit", List.of(CROP, "stretch")).orElse(CROP).equals(CROP);
    PictureFilter filter =
        options
            .choice("filter", PictureFilter.options())
            .map(PictureFilter::named)
            .orElse(PictureFilter.BILINEAR);
    if (size.isEmpty()) {
      if (options.text("fit").isPresent() || options.text("filter").isPresent()) {
        throw new DataException(request.spec() + ": fit and filter need size=S or size=HxW");
      }
      return Optional.empty();
    }
    Matcher matcher = SIZE.matcher(size.get());
    int height = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    int width =
        height > 0 && matcher.group(2) != null ? Integer.parseInt(matcher.group(2)) : height;
    if (height < 1 || width < 1) {
      throw new DataException(
          "%s: size must be whole numbers of pixels >= 1, as 32 or, height and width, 32x48, got '%s'"
              .formatted(request.spec(), size.get()));
    }
    return Optional.of(new PictureFit(height, width, crop, filter));
  }

  private static Dataset part(
      PathSource.Request request,
      Split split,
      List<Sample> samples,
      List<String> classes,
      Optional<PictureFit> fit) {
    PictureLoader loader = new PictureLoader(samples, fit, request.reading());
    Pixels pixels = loader.load(request.path(), request.cache());
    return Dataset.ofClasses(
            request.spec(),
            split,
            new int[] {Pixels.CHANNELS, pixels.height(), pixels.width()},
            new PixelFeatures(pixels.bytes(), samples.size(), pixels.length()),
            samples.stream().mapToInt(Sample::label).toArray(),
            classes)
        .withDigests(Map.of("pictures", loader.digest()));
  }
}
