package org.noisescape.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.noisescape.datasets.download.Digest;

/** Makes data sets of the idx and CIFAR files of a folder, recording their digests. */
final class FolderReader {
  private static final int IDX_CLASSES = 10;
  private static final int CIFAR_BATCHES = 5;

  private FolderReader() {}

  /** A folder with the files of MNIST and as many classes as the option says. */
  static DatasetPair idx(PathSource.Request request) {
    int classes = request.options().integer("classes", IDX_CLASSES, 1, 256);
    return idx(request.spec(), request.path(), ClassNames.numbered(classes));
  }

  /** A folder in the binary layout of CIFAR. */
  static DatasetPair cifar(PathSource.Request request) {
    return cifar(request.spec(), request.path());
  }

  /**
   * A folder with the four files of MNIST; those of the test set may be missing.
   *
   * @param classNames names of as many classes as there are
   */
  static DatasetPair idx(String name, Path folder, List<String> classNames) {
    Dataset train =
        idx(name, folder, "train", Split.TRAIN, classNames)
            .orElseThrow(
                () ->
                    new DataException(
                        folder
                            + ": no train-images-idx3-ubyte or train-labels-idx1-ubyte, plain or"
                            + " .gz; name the folder that holds them"));
    return new DatasetPair(train, idx(name, folder, "t10k", Split.TEST, classNames));
  }

  /** A folder in the binary layout of CIFAR-10 or CIFAR-100, with as many batches as there are. */
  static DatasetPair cifar(String name, Path folder) {
    List<Path> batches = new ArrayList<>();
    for (int batch = 1; batch <= CIFAR_BATCHES; batch++) {
      DatasetFolder.file(folder, "data_batch_" + batch + ".bin").ifPresent(batches::add);
    }
    if (!batches.isEmpty()) {
      return cifar(
          name,
          CifarReader.CIFAR_10,
          batches,
          DatasetFolder.file(folder, "test_batch.bin"),
          ClassNames.CIFAR_10);
    }
    Path train =
        DatasetFolder.file(folder, "train.bin")
            .orElseThrow(
                () ->
                    new DataException(
                        folder
                            + ": neither data_batch_1.bin … data_batch_5.bin (CIFAR-10) nor"
                            + " train.bin (CIFAR-100); name the folder that holds them"));
    return cifar(
        name,
        CifarReader.CIFAR_100,
        List.of(train),
        DatasetFolder.file(folder, "test.bin"),
        ClassNames.CIFAR_100);
  }

  private static Optional<Dataset> idx(
      String name, Path folder, String prefix, Split split, List<String> classNames) {
    Optional<Path> imageFile = DatasetFolder.file(folder, prefix + "-images-idx3-ubyte");
    Optional<Path> labelFile = DatasetFolder.file(folder, prefix + "-labels-idx1-ubyte");
    if (imageFile.isEmpty() && labelFile.isEmpty()) {
      return Optional.empty();
    }
    if (imageFile.isEmpty() || labelFile.isEmpty()) {
      throw new DataException(
          folder
              + ": "
              + imageFile.or(() -> labelFile).orElseThrow().getFileName()
              + " is there but "
              + prefix
              + (imageFile.isEmpty() ? "-images-idx3-ubyte" : "-labels-idx1-ubyte")
              + " is not; copy it there, plain or .gz");
    }
    int classes = classNames.size();
    IdxReader.Images images = IdxReader.images(imageFile.get());
    IdxReader.Labels labels =
        IdxReader.labels(
            labelFile.get(),
            classes,
            "repair the file, or give idx:" + folder + ",classes=K if there are more classes");
    if (images.count() != labels.labels().length) {
      throw new DataException(
          labelFile.get()
              + ": "
              + labels.labels().length
              + " labels for the "
              + images.count()
              + " images of "
              + imageFile.get().getFileName()
              + "; copy both files again");
    }
    return Optional.of(
        Dataset.ofClasses(
                name,
                split,
                new int[] {1, images.height(), images.width()},
                new PixelFeatures(
                    images.pixels(), images.count(), images.height() * images.width()),
                labels.labels(),
                classNames)
            .withDigests(
                digests(
                    Map.of(
                        imageFile.get().getFileName().toString(), images.digest(),
                        labelFile.get().getFileName().toString(), labels.digest()))));
  }

  private static DatasetPair cifar(
      String name,
      CifarReader reader,
      List<Path> train,
      Optional<Path> test,
      List<String> classNames) {
    return new DatasetPair(
        cifar(name, reader, Split.TRAIN, train, classNames),
        test.map(file -> cifar(name, reader, Split.TEST, List.of(file), classNames)));
  }

  private static Dataset cifar(
      String name, CifarReader reader, Split split, List<Path> files, List<String> classNames) {
    CifarReader.Images images = reader.read(files);
    return Dataset.ofClasses(
            name,
            split,
            new int[] {CifarReader.CHANNELS, CifarReader.EXTENT, CifarReader.EXTENT},
            new PixelFeatures(images.pixels(), images.count(), CifarReader.PIXELS),
            images.labels(),
            classNames)
        .withDigests(digests(images.digests()));
  }

  /** The digests of contents go by the names of the contents. */
  private static Map<String, String> digests(Map<String, Digest> files) {
    Map<String, String> digests = new TreeMap<>();
    files.forEach(
        (file, digest) -> digests.put(file.replaceFirst("\\.gz$", ""), digest.toString()));
    return digests;
  }
}
