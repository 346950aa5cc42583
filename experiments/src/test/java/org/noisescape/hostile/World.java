package org.noisescape.hostile;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.noisescape.cli.CapturedRun;
import org.noisescape.cli.CopiedFolder;
import org.noisescape.cli.IdxFolder;

/**
 * Good folders that the program itself wrote, to be copied and damaged: {@code run}, a finished
 * training, {@code stopped}, the same in the middle, {@code resumed}, that one continued, {@code
 * experiment}, whose outcome is missing, {@code finished}, which has it, {@code sweep}, and the
 * data {@code idx}, {@code cifar} and {@code own}, files of a user's.
 *
 * @param root where they are
 */
record World(Path root) {
  /** An experiment with an ensemble at each of its rates. */
  static final String TRACE_RATE =
      "run wei/trace-rate --preset quick --set rates=0.004,0.007,0.01 --set settle=300"
          + " --set steps=100 --set replicas=40 --threads 1";

  /** Makes them. */
  static World in(Path root) throws IOException {
    World world = new World(root);
    Files.createDirectories(root);
    IdxFolder.good(root.resolve("idx"));
    world.cifar(root.resolve("cifar"));
    world.own(root.resolve("own"));
    Path run = root.resolve("run");
    done(
        "train --dataset idx:%s --model mlp:3 --batch 5 --epochs 2 --threads 1 --keep-checkpoints"
            + " --probe noise --probe hessian-top:1 --optimizer momentum:0.9 --tensorboard --tag good"
            + " --note why --out %s",
        root.resolve("idx"), run);
    world.stopped(run, root.resolve("stopped"));
    CopiedFolder.of(root.resolve("stopped"), root.resolve("resumed"));
    done("train --resume %s", root.resolve("resumed"));
    Path finished = root.resolve("finished");
    done(TRACE_RATE + " --no-progress --out %s", finished);
    Path experiment = root.resolve("experiment");
    CopiedFolder.of(finished, experiment);
    Files.delete(experiment.resolve("outcome.json"));
    done(
        "sweep train --grid lr=0.1,0.2 --set dataset=idx:%s --set model=linear --set batch=5"
            + " --set epochs=1 --threads 1 --jobs 1 --out %s",
        root.resolve("idx"), root.resolve("sweep"));
    return world;
  }

  /** A fresh copy of all folders. */
  World copyTo(Path target) throws IOException {
    delete(target);
    CopiedFolder.of(root, target);
    return new World(target);
  }

  /** A file of one of the folders; a name that ends with * stands for the first that begins so. */
  Path path(String name) {
    Path path = root.resolve(name);
    if (!name.endsWith("*")) {
      return path;
    }
    String start = path.getFileName().toString().replace("*", "");
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(start))
          .findFirst()
          .orElse(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void done(String line, Object... values) {
    CapturedRun run = CapturedRun.of(line.formatted(values).split(" "));
    if (run.code() != 0) {
      throw new IllegalStateException(line + ": " + run.err());
    }
  }

  /** The run as it was after its first epoch. */
  private void stopped(Path run, Path target) throws IOException {
    CopiedFolder.of(run, target);
    Path checkpoints = target.resolve("checkpoints");
    try (Stream<Path> files = Files.list(checkpoints)) {
      List<Path> kept =
          files
              .filter(file -> file.toString().endsWith("4.safetensors"))
              .sorted(Comparator.naturalOrder())
              .toList();
      Path file = kept.getFirst();
      replace(file, checkpoints.resolve("last.safetensors"));
      replace(
          Path.of(file.toString().replace(".safetensors", ".json")),
          checkpoints.resolve("last.json"));
    }
    Files.delete(target.resolve("result.json"));
  }

  private static void replace(Path file, Path target) throws IOException {
    Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  /** Four records of CIFAR-10 in each of its files. */
  private void cifar(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> names = new ArrayList<>(List.of("test_batch.bin"));
    for (int i = 1; i <= 5; i++) {
      names.add("data_batch_" + i + ".bin");
    }
    for (String name : names) {
      ByteBuffer bytes = ByteBuffer.allocate(4 * 3073);
      for (int i = 0; bytes.hasRemaining(); i++) {
        bytes.put((byte) (i % 3073 == 0 ? i / 3073 : 31 * i % 251));
      }
      Files.write(folder.resolve(name), bytes.array());
    }
  }

  /** An npz that NumPy wrote, a table, and pictures of two classes. */
  private void own(Path folder) throws IOException {
    for (String name : List.of("a.0.png", "a.1.jpg", "b.0.png", "b.1.jpg")) {
      Path file = folder.resolve("pictures").resolve(name);
      Files.createDirectories(file.getParent());
      BufferedImage image = new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 72; i++) {
        image.setRGB(i % 9, i / 9, 8_000_009 * (i + name.charAt(0)));
      }
      ImageIO.write(image, name.substring(4), file.toFile());
    }
    Files.writeString(
        folder.resolve("table.csv"), "x;y;kind\n1;2.5;a\n3;-4;b\n5e-1;6;\"a\"\n7;8;b\n9;10;a\n");
    try (InputStream in = World.class.getResourceAsStream("/npz/points.npz")) {
      Files.copy(in, folder.resolve("points.npz"));
    }
  }

  /** Deletes a folder, links as links. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException error)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
