package org.noisescape.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The images of the documentation: {@code docs/figures.yaml} says which figure of which run each
 * is, {@code docs/images/NAME.json} has its data, from which {@code NAME.png} is drawn. {@code
 * bin/figures} calls it.
 */
final class DocsGallery {
  static final String TABLE = "figures.yaml";

  /**
   * An image.
   *
   * @param name of its file, without ending
   * @param run name of the run it is of
   * @param figure name of the figure in that run
   * @param owed why its data are not there; empty where they are
   */
  record Image(String name, String run, String figure, String owed) {}

  /**
   * A run.
   *
   * @param name in the table
   * @param command what makes it, after {@code run}
   * @param minutes that it took on one processor core
   */
  record Run(String name, String command, double minutes) {}

  private final Path docs;
  private final List<Image> images = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();

  /** Reads the table of a folder of documentation. */
  DocsGallery(Path docs) throws IOException {
    this.docs = docs;
    JsonNode table = new YAMLMapper().readTree(docs.resolve(TABLE).toFile());
    for (var run : table.path("runs").properties()) {
      JsonNode minutes = run.getValue().path("minutes");
      runs.add(
          new Run(run.getKey(), run.getValue().path("command").textValue(), minutes.asDouble()));
    }
    for (var image : table.path("images").properties()) {
      JsonNode of = image.getValue();
      images.add(
          new Image(
              image.getKey(),
              of.path("run").textValue(),
              of.path("figure").textValue(),
              of.path("owed").asText()));
    }
  }

  List<Image> images() {
    return images;
  }

  List<Run> runs() {
    return runs;
  }

  Path picture(Image image) {
    return docs.resolve("images").resolve(image.name() + ".png");
  }

  Path data(Image image) {
    return docs.resolve("images").resolve(image.name() + FigureData.ENDING);
  }

  /** The image as it is drawn today. */
  BufferedImage drawn(Image image) {
    return FigureOutput.image(StoredFigure.read(data(image)).figure(), PlotStyle.SCREEN);
  }

  /**
   * {@code DOCS} draws all images anew; {@code DOCS FOLDER} first takes their data from finished
   * runs in {@code FOLDER/RUN}; {@code DOCS --plan IMAGE…} prints the runs of images, a line each:
   * name, minutes, command.
   */
  public static void main(String[] words) throws IOException {
    DocsGallery gallery = new DocsGallery(Path.of(words[0]));
    try {
      if (words.length > 1 && words[1].equals("--plan")) {
        gallery.plan(List.of(words).subList(2, words.length));
      } else {
        if (words.length > 1) {
          gallery.take(Path.of(words[1]));
        }
        gallery.draw();
      }
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(2);
    }
  }

  private void plan(List<String> names) {
    List<String> known = images.stream().map(Image::name).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("no image '" + name + "' in " + TABLE);
      }
    }
    for (Run run : runs) {
      boolean wanted =
          images.stream()
              .filter(image -> image.run().equals(run.name()))
              .anyMatch(image -> names.isEmpty() || names.contains(image.name()));
      if (wanted) {
        System.out.printf("%s\t%s\t%s%n", run.name(), run.minutes(), run.command());
      }
    }
  }

  /** The data of every image whose run is in a folder. */
  private void take(Path folder) throws IOException {
    for (Image image : images) {
      Path from =
          folder
              .resolve(image.run())
              .resolve(FigureFiles.FOLDER)
              .resolve(image.figure() + FigureData.ENDING);
      if (Files.exists(from)) {
        Files.writeString(data(image), Files.readString(from));
      }
    }
  }

  private void draw() throws IOException {
    for (Image image : images) {
      if (Files.exists(data(image))) {
        Files.write(
            picture(image),
            FigureOutput.png(StoredFigure.read(data(image)).figure(), PlotStyle.SCREEN));
        System.out.println("drew " + image.name());
      } else {
        System.out.println("left " + image.name() + ": " + image.owed());
      }
    }
  }
}
