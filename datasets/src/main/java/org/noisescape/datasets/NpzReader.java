package org.noisescape.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.noisescape.files.NpyType;
import org.noisescape.tensor.JavaHeap;
import org.noisescape.tensor.Sizes;

/**
 * Arrays of NumPy as a data set: {@code npz:FILE} with x_train, y_train and perhaps x_test, y_test,
 * as Keras keeps its sets, or x and y, or names that options say.
 *
 * <p>Inputs: (n, d) features, (n, h, w) grey pictures, (n, h, w, c) or (n, c, h, w) pictures. uint8
 * is scaled to [0, 1], all else taken as it is. Targets: integers (n) or (n, 1) are labels, rows
 * with a single one are one-hot, fractions are real targets.
 */
final class NpzReader {
  /** What it can be told. */
  static final List<String> OPTIONS =
      List.of("x", "y", "x-test", "y-test", "layout", Targets.TASK, TestShare.TEST, TestShare.SEED);

  private static final String CHANNELS_LAST = "nhwc";
  private static final String CHANNELS_FIRST = "nchw";

  /** Channels that tell a layout by themselves. */
  private static final List<Integer> USUAL_CHANNELS = List.of(1, 3);

  private final PathSource.Request request;
  private final NpzFile file;
  private final Optional<String> layout;

  private NpzReader(PathSource.Request request, NpzFile file) {
    this.request = request;
    this.file = file;
    this.layout = request.options().choice("layout", List.of(CHANNELS_LAST, CHANNELS_FIRST));
  }

  static DatasetPair read(PathSource.Request request) {
    try (NpzFile file = new NpzFile(request.path())) {
      return new NpzReader(request, file).read();
    }
  }

  private DatasetPair read() {
    List<String> names = file.names();
    SpecOptions options = request.options();
    boolean split = names.contains("x_train") || !names.contains("x");
    String x = options.text("x").orElse(split ? "x_train" : "x");
    String y = options.text("y").orElse(split ? "y_train" : "y");
    Optional<String> testX = options.text("x-test").or(() -> there(names, "x_test"));
    Optional<String> testY = options.text("y-test").or(() -> there(names, "y_test"));
    if (testX.isPresent() != testY.isPresent()) {
      throw wrong(
          "%s is there without %s: name it with %s=ARRAY"
              .formatted(
                  testX.or(() -> testY).orElseThrow(),
                  testX.isPresent() ? "y_test" : "x_test",
                  testX.isPresent() ? "y-test" : "x-test"));
    }
    List<NpyArray> targets = new ArrayList<>(List.of(file.array(y)));
    testY.ifPresent(name -> targets.add(file.array(name)));
    NpzTargets told = NpzTargets.of(request.spec(), targets, Targets.task(options));
    Dataset train = dataset(Split.TRAIN, x, told.all().getFirst());
    Optional<Dataset> test = testX.map(name -> dataset(Split.TEST, name, told.all().getLast()));
    String digest = file.digest().toString();
    Map<String, String> digests = Map.of(request.path().getFileName().toString(), digest);
    return TestShare.apply(
        options, train.withDigests(digests), test.map(part -> part.withDigests(digests)));
  }

  private Optional<String> there(List<String> names, String name) {
    return Optional.of(name).filter(each -> names.contains(each) && !named("x") && !named("y"));
  }

  private boolean named(String option) {
    return request.options().text(option).isPresent();
  }

  private Dataset dataset(Split split, String name, Targets targets) {
    NpyArray inputs = file.array(name);
    int rows = inputs.rows();
    int told = Math.max(targets.labels().length, targets.values().length);
    if (rows != told) {
      throw wrong(
          "array '%s' has %d samples and its targets %d: save as many".formatted(name, rows, told));
    }
    int[] image = image(inputs);
    boolean last = inputs.shape().length == 4 && layout(inputs).equals(CHANNELS_LAST);
    return new Dataset(
        request.spec(),
        split,
        image,
        features(inputs, last, image),
        targets.labels(),
        targets.values(),
        targets.classes(),
        ClassNames.numbered(targets.classes()),
        Map.of());
  }

  /** (channels, height, width) of a sample. */
  private int[] image(NpyArray inputs) {
    int[] shape = inputs.shape();
    if (layout.isPresent() && shape.length != 4) {
      throw wrong(
          "array '%s' has no channels: leave out layout=%s"
              .formatted(inputs.described(), layout.get()));
    }
    return switch (shape.length) {
      case 1 -> new int[] {1, 1, 1};
      case 2 -> new int[] {1, 1, shape[1]};
      case 3 -> new int[] {1, shape[1], shape[2]};
      case 4 ->
          layout(inputs).equals(CHANNELS_LAST)
              ? new int[] {shape[3], shape[1], shape[2]}
              : new int[] {shape[1], shape[2], shape[3]};
      default ->
          throw wrong(
              "array '%s' has %d axes: save features as (n, d), pictures as (n, h, w), (n, h, w, c) or (n, c, h, w)"
                  .formatted(inputs.described(), shape.length));
    };
  }

  private String layout(NpyArray inputs) {
    boolean first = USUAL_CHANNELS.contains(inputs.shape()[1]);
    boolean last = USUAL_CHANNELS.contains(inputs.shape()[3]);
    if (layout.isEmpty() && first == last) {
      throw wrong(
          "array '%s': say which axis holds the channels, layout=nhwc for the last or layout=nchw for the second"
              .formatted(inputs.described()));
    }
    return layout.orElse(last ? CHANNELS_LAST : CHANNELS_FIRST);
  }

  private Features features(NpyArray inputs, boolean channelsLast, int... image) {
    int length = Sizes.product("numbers a sample", "save smaller samples", widened(image));
    int size = inputs.size();
    int rows = inputs.rows();
    boolean pixels = inputs.type() == NpyType.U1;
    JavaHeap.require(
        (pixels ? 1L : Float.BYTES) * size, request.spec(), "save fewer samples in the file");
    byte[] bytes = new byte[pixels ? size : 0];
    float[] numbers = new float[pixels ? 0 : size];
    int channels = channelsLast ? image[0] : 1;
    int area = length / channels;
    for (int i = 0; i < size; i++) {
      int within = i % length;
      int to = i - within + within % channels * area + within / channels;
      if (pixels) {
        bytes[to] = inputs.bytes().get(i);
      } else {
        numbers[to] = (float) inputs.number(i);
      }
    }
    return pixels
        ? new PixelFeatures(bytes, rows, length)
        : new FloatFeatures(numbers, rows, length);
  }

  private static long[] widened(int... image) {
    return new long[] {image[0], image[1], image[2]};
  }

  private DataException wrong(String what) {
    return new DataException(request.path() + ": " + what);
  }
}
