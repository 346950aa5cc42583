package org.noisescape.dl4j;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.noisescape.files.FileErrors;
import org.noisescape.files.InputFile;
import org.noisescape.files.WholeFile;
import org.noisescape.files.WrongFile;

/**
 * Files that DL4J's ModelSerializer writes and restores: a zip of the configuration and the
 * parameters.
 *
 * <p>They are not read by ModelSerializer, which runs what Java objects in a file tell it to: only
 * the two entries that are needed are unpacked, and of each no more than a limit.
 */
public final class Dl4jFile {
  private static final int MOST_CONFIGURATION = 1 << 24;
  private static final int MOST_PARAMETERS = 1 << 30;

  private Dl4jFile() {}

  /**
   * Reads a file, as a MultiLayerNetwork or ComputationGraph without its updater.
   *
   * @throws WrongFile in one line where it is no such file
   */
  public static Model read(Path file) {
    byte[] configuration;
    byte[] parameters;
    try (FileChannel channel = InputFile.open(file);
        ZipFile zip =
            ZipFile.builder().setSeekableByteChannel(channel).setIgnoreLocalFileHeader(true).get()) {
      configuration =
          entry(file, zip, ModelSerializer.CONFIGURATION_JSON, MOST_CONFIGURATION);
      parameters = entry(file, zip, ModelSerializer.COEFFICIENTS_BIN, MOST_PARAMETERS);
    } catch (IOException e) {
      throw new WrongFile(
          file, "not a zip as DL4J writes them, or damaged: " + FileErrors.reason(e), e);
    }
    try {
      return model(
          new String(configuration, StandardCharsets.UTF_8), StoredCoefficients.read(parameters));
    } catch (IOException e) {
      throw new WrongFile(file, "its parameters cannot be read: " + FileErrors.reason(e), e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new WrongFile(
          file, "its configuration or parameters are not those of DL4J: " + firstLine(e), e);
    }
  }

  private static byte[] entry(Path file, ZipFile zip, String name, int most) throws IOException {
    ZipArchiveEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new WrongFile(
          file,
          "is a zip without %s: only files of DL4J's ModelSerializer are read".formatted(name));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] bytes = in.readNBytes(most);
      if (in.read() >= 0) {
        throw new WrongFile(file, "%s has more than %d bytes".formatted(name, most));
      }
      return bytes;
    }
  }

  private static Model model(String json, INDArray parameters) {
    if (json.contains("\"networkInputs\"")) {
      ComputationGraphConfiguration conf = ComputationGraphConfiguration.fromJson(json);
      conf.setDataType(parameters.dataType());
      ComputationGraph graph = new ComputationGraph(conf);
      graph.init(parameters, false);
      return graph;
    }
    MultiLayerConfiguration conf = MultiLayerConfiguration.fromJson(json);
    conf.setDataType(parameters.dataType());
    MultiLayerNetwork network = new MultiLayerNetwork(conf);
    network.init(parameters, false);
    return network;
  }

  /** What libraries say of files may have many lines, the first of which tells. */
  private static String firstLine(Throwable e) {
    String message = String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end);
  }

  /**
   * Writes a file that ModelSerializer restores, without an updater's state, whole, or leaves the
   * former one as it was.
   *
   * @throws IOException naming the file
   */
  public static void write(Path file, Model model) throws IOException {
    WholeFile.write(
        file,
        channel -> {
          ByteBuffer bytes = ByteBuffer.wrap(bytes(model));
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  private static byte[] bytes(Model model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(model, bytes, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
