package org.noisescape.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.noisescape.datasets.DataStatus.Presence;
import org.noisescape.datasets.FileCheck.State;
import org.noisescape.datasets.download.Digest;
import org.noisescape.datasets.download.TransferProgress;

final class CatalogueTest {
  @TempDir private Path folder;
  private DataLocation where;

  @BeforeEach
  void locate() {
    where = new DataLocation(Optional.of(folder), Optional.empty(), folder.resolve("none"), true);
  }

  @Test
  void idxFolderIsTakenAsItIsWithItsDigests() throws IOException {
    DataFiles.idxFolder(folder.resolve("toy"), true);

    DatasetPair pair = Catalogue.load("idx:" + folder.resolve("toy"), where);

    Dataset train = pair.train();
    assertThat(train.size()).isEqualTo(3);
    assertThat(train.imageShape()).containsExactly(1, 2, 5);
    assertThat(train.labels()).containsExactly(4, 0, 9);
    assertThat(train.classes()).isEqualTo(10);
    assertThat(DataFiles.row(train, 1)[3]).isEqualTo(7 * 13 / 255f);
    assertThat(train.digests())
        .containsEntry(
            "train-images-idx3-ubyte", Digest.sha256(DataFiles.idxImages(3, 2, 5)).toString())
        .containsEntry(
            "train-labels-idx1-ubyte", Digest.sha256(DataFiles.idxLabels(4, 0, 9)).toString());
    assertThat(pair.test().orElseThrow().labels()).containsExactly(1, 2);
  }

  @Test
  void idxFolderWithoutTestSetIsFine() throws IOException {
    DataFiles.idxFolder(folder.resolve("toy"), false);
    assertThat(Catalogue.load("idx:" + folder.resolve("toy"), where).test()).isEmpty();
  }

  @Test
  void relativeFolderIsFoundInTheDataFolder() throws IOException {
    DataFiles.idxFolder(folder.resolve("toy"), false);
    assertThat(Catalogue.load("idx:toy", where).train().size()).isEqualTo(3);
  }

  @Test
  void classesOfAnIdxFolderCanBeTold() throws IOException {
    DataFiles.idxFolder(folder, false);

    assertThat(Catalogue.load("idx:" + folder + ",classes=47", where).train().classes())
        .isEqualTo(47);
    assertThatThrownBy(() -> Catalogue.load("idx:" + folder + ",classes=9", where))
        .hasMessageContaining("label 9 of sample 2 is outside 0..8")
        .hasMessageContaining(",classes=K");
    assertThatThrownBy(() -> Catalogue.load("idx:" + folder + ",classes=many", where))
        .hasMessageContaining("classes must be a whole number between 1 and 256, got 'many'");
  }

  @Test
  void imagesAreTransformedWhenTheyAreLoaded() throws IOException {
    DataFiles.idxFolder(folder.resolve("toy"), true);
    Files.write(folder.resolve("data_batch_1.bin"), DataFiles.cifar10(1, 2));

    Dataset digits = Catalogue.load("digits:train=3,size=14,test=2", where).train();
    Dataset plain = Catalogue.load("digits:train=3,test=2", where).train();
    DatasetPair toy = Catalogue.load("idx:toy,size=2,classes=11", where);
    Dataset grey = Catalogue.load("cifar:" + folder + ",grey,size=7", where).train();

    assertThat(digits.name()).isEqualTo("digits:train=3,size=14,test=2");
    assertThat(digits.imageShape()).containsExactly(1, 14, 14);
    assertThat(digits.digests()).isEqualTo(plain.digests());
    float[] large = DataFiles.row(plain, 2);
    assertThat(DataFiles.row(digits, 2)[6 * 14 + 7])
        .isEqualTo(
            (float)
                (((double) large[12 * 28 + 14]
                        + large[12 * 28 + 15]
                        + large[13 * 28 + 14]
                        + large[13 * 28 + 15])
                    / 4));
    assertThat(toy.train().imageShape()).containsExactly(1, 2, 2);
    assertThat(toy.test().orElseThrow().imageShape()).containsExactly(1, 2, 2);
    assertThat(toy.train().classes()).isEqualTo(11);
    assertThat(grey.imageShape()).containsExactly(1, 7, 7);
    assertThat(grey.labels()).containsExactly(1, 2);
  }

  @Test
  void wrongTransformsAreOneLine() {
    assertThatThrownBy(() -> Catalogue.load("digits:size=0", where))
        .isInstanceOf(DataException.class)
        .hasMessage("digits: size must be a whole number >= 1 of pixels, got 'size=0'");
    assertThatThrownBy(() -> Catalogue.load("digits:size", where))
        .hasMessageContaining("got 'size'");
    assertThatThrownBy(() -> Catalogue.load("digits:size=7,size=8", where))
        .hasMessage("digits: option size is given twice");
    assertThatThrownBy(() -> Catalogue.load("digits:grey=yes", where))
        .hasMessage("digits: grey takes no value, got 'grey=yes'");
    assertThatThrownBy(() -> Catalogue.load("digits:size=29", where))
        .hasMessageContaining("size must be at most the 28 pixels there are, got 29");
    assertThatThrownBy(() -> Catalogue.load("digits:siz=7", where))
        .hasMessageContaining("did you mean 'size'?");
    assertThatThrownBy(() -> Catalogue.entry("mnist:size=7,fast"))
        .hasMessage(
            "unknown option of mnist 'fast' (known: grey, size, only, balanced, shuffled-from, shuffle-seed, noisy-labels, noise-seed)");
    assertThat(Catalogue.entry("mnist:size=7").name()).isEqualTo("mnist");
  }

  @Test
  void folderIsMadeAbsoluteAndItsOptionsStay() {
    String here = Path.of("").toAbsolutePath().toString();

    assertThat(Catalogue.absolute("idx:.,classes=3,size=4"))
        .isEqualTo("idx:" + here + ",classes=3,size=4");
    assertThat(Catalogue.absolute("cifar:.,grey")).isEqualTo("cifar:" + here + ",grey");
    assertThat(Catalogue.absolute("idx:no,such,folder,size=4"))
        .isEqualTo("idx:no,such,folder,size=4");
    assertThat(Catalogue.absolute("mnist:size=14")).isEqualTo("mnist:size=14");
  }

  @Test
  void imagesWithoutLabelsAreRefused() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), DataFiles.idxImages(1, 2, 2));
    assertThatThrownBy(() -> Catalogue.load("idx:" + folder, where))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("train-labels-idx1-ubyte is not");
  }

  @Test
  void differentNumbersOfImagesAndLabelsAreRefused() throws IOException {
    Files.write(folder.resolve("train-images-idx3-ubyte"), DataFiles.idxImages(2, 2, 2));
    Files.write(folder.resolve("train-labels-idx1-ubyte"), DataFiles.idxLabels(1, 2, 3));
    assertThatThrownBy(() -> Catalogue.load("idx:" + folder, where))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3 labels for the 2 images");
  }

  @Test
  void cifarFolderMayHoldSomeBatches() throws IOException {
    Files.write(folder.resolve("data_batch_2.bin"), DataFiles.cifar10(1, 2));
    Files.write(folder.resolve("data_batch_4.bin"), DataFiles.cifar10(3));

    DatasetPair pair = Catalogue.load("cifar:" + folder, where);

    assertThat(pair.train().labels()).containsExactly(1, 2, 3);
    assertThat(pair.train().imageShape()).containsExactly(3, 32, 32);
    assertThat(pair.train().classNames()).hasSize(10).contains("frog");
    assertThat(pair.test()).isEmpty();
  }

  @Test
  void cifar100FolderIsRecognised() throws IOException {
    Files.write(folder.resolve("train.bin"), DataFiles.cifar100(0, 1));
    Files.write(folder.resolve("test.bin"), DataFiles.cifar100(2, 98));

    DatasetPair pair = Catalogue.load("cifar:" + folder, where);

    assertThat(pair.train().classes()).isEqualTo(100);
    assertThat(pair.train().classNames().get(1)).isEqualTo("aquarium_fish");
    assertThat(pair.test().orElseThrow().labels()).containsExactly(98);
    assertThat(pair.test().orElseThrow().classNames().get(98)).isEqualTo("woman");
  }

  @Test
  void folderWithoutDataOrWithoutExistenceIsNamed() {
    assertThatThrownBy(() -> Catalogue.load("cifar:" + folder, where))
        .hasMessageContaining(folder + ": neither data_batch_1.bin");
    assertThatThrownBy(() -> Catalogue.load("idx:" + folder, where))
        .hasMessageContaining(folder + ": no train-images-idx3-ubyte");
    assertThatThrownBy(() -> Catalogue.load("idx:" + folder.resolve("nowhere"), where))
        .hasMessageContaining(folder.resolve("nowhere") + " does not exist");
    assertThatThrownBy(() -> Catalogue.load("idx:", where))
        .hasMessageContaining("name the folder after the colon");
  }

  @Test
  void unknownNameGetsTheNearestOne() {
    assertThatThrownBy(() -> Catalogue.load("mnsit", where))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("unknown data set 'mnsit', did you mean 'mnist'?")
        .hasMessageContaining("idx:DIR, cifar:DIR, npz:FILE, images:DIR, csv:FILE");
    assertThatThrownBy(() -> Catalogue.load("mnist:full", where))
        .hasMessage(
            "unknown option of mnist 'full' (known: grey, size, only, balanced, shuffled-from, shuffle-seed, noisy-labels, noise-seed)");
  }

  @Test
  void absentDataSetSaysWhereItWasSoughtAndHowToGetIt() {
    assertThatThrownBy(() -> Catalogue.load("fashion-mnist", where))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("fashion-mnist is not in " + folder + ", " + folder.resolve("none"))
        .hasMessageContaining("data fetch fashion-mnist");
  }

  @Test
  void explicitFolderMustExist() {
    DataLocation nowhere =
        new DataLocation(Optional.of(folder.resolve("nowhere")), Optional.empty(), folder, false);
    assertThatThrownBy(() -> Catalogue.load("mnist", nowhere))
        .hasMessageContaining("the data folder " + folder.resolve("nowhere") + " does not exist");
  }

  @Test
  void namedDataSetWithOtherContentsIsRefusedWithBothDigestsAndTheRemedy() throws IOException {
    Path mnist = folder.resolve("mnist");
    DataFiles.idxFolder(mnist, true);
    List<Digest> expected =
        Catalogue.entry("mnist").contents().stream().map(CatalogueEntry.Content::digest).toList();

    assertThatThrownBy(() -> Catalogue.load("mnist", where))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(mnist.resolve("train-images-idx3-ubyte") + ": ")
        .hasMessageContaining(expected.getFirst().toString())
        .hasMessageContaining(Digest.sha256(DataFiles.idxImages(3, 2, 5)).toString())
        .hasMessageContaining("use idx:" + mnist);
  }

  @Test
  void incompleteDataSetNamesWhatIsWrongBeforeWhatIsMissing() throws IOException {
    Path cifar = Files.createDirectories(folder.resolve("cifar-10-batches-bin"));
    Files.write(cifar.resolve("data_batch_1.bin"), DataFiles.cifar10(1));

    assertThatThrownBy(() -> Catalogue.load("cifar-10", where))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(cifar.resolve("data_batch_1.bin") + ": ")
        .hasMessageContaining("use cifar:" + cifar);
  }

  @Test
  void statusTellsAbsentIncompletePresentAndEmbedded() throws IOException {
    DataFiles.idxFolder(folder.resolve("mnist"), false);
    DataFiles.idxFolder(folder.resolve("fashion-mnist"), true);

    List<DataStatus> status = Catalogue.status(where);

    assertThat(status)
        .extracting(s -> s.entry().name(), DataStatus::presence)
        .contains(
            tuple("mnist", Presence.INCOMPLETE),
            tuple("fashion-mnist", Presence.PRESENT),
            tuple("cifar-10", Presence.ABSENT),
            tuple("digits", Presence.EMBEDDED));
    assertThat(status.getFirst().folder()).contains(folder.resolve("mnist"));
    assertThat(status.getFirst().bytes())
        .isEqualTo(
            Files.size(folder.resolve("mnist/train-images-idx3-ubyte"))
                + Files.size(folder.resolve("mnist/train-labels-idx1-ubyte.gz")));
  }

  @Test
  void verifyReportsEachFile() throws IOException {
    DataFiles.idxFolder(folder, false);
    Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz"), new byte[] {0x1F, (byte) 0x8B, 8});

    assertThat(Catalogue.verify("mnist", where))
        .extracting(FileCheck::state)
        .containsExactly(State.MISMATCH, State.MISMATCH, State.MISSING, State.UNREADABLE);
    assertThat(Catalogue.verify("digits", where)).isEmpty();
  }

  @Test
  void nothingIsFetchedForDataMadeByCodeOrOffline() {
    assertThat(Catalogue.fetch("digits", where, TransferProgress.SILENT)).isEmpty();
    assertThatThrownBy(() -> Catalogue.fetch("mnist", where, TransferProgress.SILENT))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("fetching is switched off");
  }

  @Test
  void everyArchiveHasMirrorsAndEveryContentALength() {
    for (CatalogueEntry entry : Catalogue.entries()) {
      for (CatalogueEntry.Archive archive : entry.archives()) {
        assertThat(archive.mirrors())
            .hasSizeGreaterThan(1)
            .allSatisfy(mirror -> assertThat(mirror.toString()).endsWith("/" + archive.name()));
      }
      assertThat(entry.contents()).allSatisfy(file -> assertThat(file.bytes()).isPositive());
      assertThat(entry.contents())
          .extracting(CatalogueEntry.Content::digest)
          .doesNotHaveDuplicates();
    }
    assertThat(Catalogue.names())
        .containsExactly(
            "mnist",
            "fashion-mnist",
            "cifar-10",
            "cifar-100",
            "digits",
            "gaussian-regression",
            "teacher");
  }
}
