package org.noisescape.datasets;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.noisescape.datasets.CatalogueEntry.Archive;
import org.noisescape.datasets.CatalogueEntry.Content;
import org.noisescape.datasets.download.Digest;

/**
 * The entries of the catalogue, with mirrors, sizes and digests.
 *
 * <p>Sources of the digests. Archives: the checksum lists of TensorFlow Datasets (url_checksums
 * mnist, fashion_mnist, cifar10, cifar100). Contents: MNIST, computed from files whose MD5 sums are
 * the published ones; Fashion-MNIST, the label files computed from the archives of the authors'
 * repository, the image files as recorded by several independent projects beside the same label
 * digests; CIFAR, as checked by ankane/torchvision-ruby after extraction.
 */
final class KnownDatasets {
  private static final List<String> MNIST_MIRRORS =
      List.of(
          "https://ossci-datasets.s3.amazonaws.com/mnist/",
          "https://storage.googleapis.com/cvdf-datasets/mnist/");
  private static final List<String> FASHION_MIRRORS =
      List.of(
          "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
          "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
  private static final List<String> CIFAR_MIRRORS =
      List.of("https://www.cs.toronto.edu/~kriz/", "http://www.cs.toronto.edu/~kriz/");

  /** Reads or makes a data set, as in {@link DatasetProvider#load}. */
  private interface Reader {
    DatasetPair load(String spec, String options, Optional<Path> folder);
  }

  private record BuiltIn(CatalogueEntry entry, Reader reader) implements DatasetProvider {
    @Override
    public DatasetPair load(String spec, String options, Optional<Path> folder) {
      return reader.load(spec, options, folder);
    }
  }

  /** All of them, in the order of the listing. */
  static final List<DatasetProvider> BUILT_IN =
      List.of(
          idx(mnist(), ClassNames.DIGITS),
          idx(fashionMnist(), ClassNames.FASHION_MNIST),
          cifar(cifar10()),
          cifar(cifar100()),
          new BuiltIn(digits(), (spec, options, none) -> DigitsSpec.parse(options).load(spec)),
          new BuiltIn(
              gaussianRegression(),
              (spec, options, none) -> GaussianSpec.parse(options).load(spec)),
          new BuiltIn(teacher(), (spec, options, none) -> TeacherSpec.parse(options).load(spec)));

  private KnownDatasets() {}

  /** The name and file that a digest belongs to, such as "fashion-mnist's train-images…". */
  static Optional<String> ownerOf(String digest) {
    for (CatalogueEntry entry : Catalogue.entries()) {
      for (Content content : entry.contents()) {
        if (content.digest().toString().equals(digest)) {
          return Optional.of(content.name() + " of " + entry.name());
        }
      }
    }
    return Optional.empty();
  }

  private static DatasetProvider idx(CatalogueEntry entry, List<String> classes) {
    return new BuiltIn(
        entry,
        (spec, options, folder) -> FolderReader.idx(entry.name(), folder.orElseThrow(), classes));
  }

  private static DatasetProvider cifar(CatalogueEntry entry) {
    return new BuiltIn(
        entry, (spec, options, folder) -> FolderReader.cifar(entry.name(), folder.orElseThrow()));
  }

  private static CatalogueEntry mnist() {
    return new CatalogueEntry(
        "mnist",
        "handwritten digits, 28x28 grey, 10 classes; option size=",
        60_000,
        10_000,
        "LeCun, Cortes, Burges; LeCun, Bottou, Bengio, Haffner (1998)",
        "CC BY-SA 3.0",
        Optional.of("mnist"),
        List.of(
            gzip(
                MNIST_MIRRORS,
                "train-images-idx3-ubyte",
                9_912_422,
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
                47_040_016,
                "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            gzip(
                MNIST_MIRRORS,
                "train-labels-idx1-ubyte",
                28_881,
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
                60_008,
                "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            gzip(
                MNIST_MIRRORS,
                "t10k-images-idx3-ubyte",
                1_648_877,
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
                7_840_016,
                "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            gzip(
                MNIST_MIRRORS,
                "t10k-labels-idx1-ubyte",
                4_542,
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
                10_008,
                "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2")));
  }

  private static CatalogueEntry fashionMnist() {
    return new CatalogueEntry(
        "fashion-mnist",
        "articles of clothing, 28x28 grey, 10 classes; option size=",
        60_000,
        10_000,
        "Xiao, Rasul, Vollgraf (2017), arXiv:1708.07747; Zalando SE",
        "MIT",
        Optional.of("fashion-mnist"),
        List.of(
            gzip(
                FASHION_MIRRORS,
                "train-images-idx3-ubyte",
                26_421_880,
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
                47_040_016,
                "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
            gzip(
                FASHION_MIRRORS,
                "train-labels-idx1-ubyte",
                29_515,
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
                60_008,
                "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"),
            gzip(
                FASHION_MIRRORS,
                "t10k-images-idx3-ubyte",
                4_422_102,
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
                7_840_016,
                "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
            gzip(
                FASHION_MIRRORS,
                "t10k-labels-idx1-ubyte",
                5_148,
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
                10_008,
                "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34")));
  }

  private static CatalogueEntry cifar10() {
    return new CatalogueEntry(
        "cifar-10",
        "colour photographs, 3x32x32, 10 classes; options grey, size=",
        50_000,
        10_000,
        "Krizhevsky (2009), Learning multiple layers of features from tiny images",
        "none stated; cite the report",
        Optional.of("cifar-10-batches-bin"),
        List.of(
            new Archive(
                "cifar-10-binary.tar.gz",
                170_052_171,
                Digest.sha256("c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"),
                mirrors(CIFAR_MIRRORS, "cifar-10-binary.tar.gz"),
                List.of(
                    cifarBatch(
                        "data_batch_1.bin",
                        "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
                    cifarBatch(
                        "data_batch_2.bin",
                        "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
                    cifarBatch(
                        "data_batch_3.bin",
                        "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
                    cifarBatch(
                        "data_batch_4.bin",
                        "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
                    cifarBatch(
                        "data_batch_5.bin",
                        "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
                    cifarBatch(
                        "test_batch.bin",
                        "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b")))));
  }

  private static CatalogueEntry cifar100() {
    return new CatalogueEntry(
        "cifar-100",
        "colour photographs, 3x32x32, 100 (fine) classes; options grey, size=",
        50_000,
        10_000,
        "Krizhevsky (2009), Learning multiple layers of features from tiny images",
        "none stated; cite the report",
        Optional.of("cifar-100-binary"),
        List.of(
            new Archive(
                "cifar-100-binary.tar.gz",
                168_513_733,
                Digest.sha256("58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec"),
                mirrors(CIFAR_MIRRORS, "cifar-100-binary.tar.gz"),
                List.of(
                    new Content(
                        "train.bin",
                        50_000L * 3074,
                        Digest.sha256(
                            "f31298fc616915fa142368359df1c4ca2ae984d6915ca468b998a5ec6aeebf29")),
                    new Content(
                        "test.bin",
                        10_000L * 3074,
                        Digest.sha256(
                            "d8b1e6b7b3bee4020055f0699b111f60b1af1e262aeb93a0b659061746f8224a"))))));
  }

  private static CatalogueEntry digits() {
    return new CatalogueEntry(
        "digits",
        "digits drawn by code, 28x28 grey, 10 classes; options train=, test=, seed=, size=",
        DigitsSpec.DEFAULT_TRAIN,
        DigitsSpec.DEFAULT_TEST,
        "made by noisescape",
        "Apache-2.0",
        Optional.empty(),
        List.of());
  }

  private static CatalogueEntry gaussianRegression() {
    return new CatalogueEntry(
        "gaussian-regression",
        "standard normal inputs and targets; options d=, n=, noise=, seed=",
        GaussianSpec.DEFAULT_SIZE,
        0,
        "made by noisescape",
        "Apache-2.0",
        Optional.empty(),
        List.of());
  }

  private static CatalogueEntry teacher() {
    return new CatalogueEntry(
        "teacher",
        "normal inputs, labels of a drawn network; options d=, width=, classes=, train=, test=, seed=",
        TeacherSpec.DEFAULT_TRAIN,
        TeacherSpec.DEFAULT_TEST,
        "made by noisescape",
        "Apache-2.0",
        Optional.empty(),
        List.of());
  }

  private static Archive gzip(
      List<String> mirrors,
      String name,
      long archiveBytes,
      String archiveSha256,
      long bytes,
      String sha256) {
    return new Archive(
        name + ".gz",
        archiveBytes,
        Digest.sha256(archiveSha256),
        mirrors(mirrors, name + ".gz"),
        List.of(new Content(name, bytes, Digest.sha256(sha256))));
  }

  private static Content cifarBatch(String name, String sha256) {
    return new Content(name, 10_000L * 3073, Digest.sha256(sha256));
  }

  private static List<URI> mirrors(List<String> folders, String name) {
    return folders.stream().map(f -> URI.create(f + name)).toList();
  }
}
