package org.noisescape.dl4j;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
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
  /** The entries that are needed, with the bytes they may have. */
  private static final Map<String, Integer> LIMITS =
      Map.of(
          ModelSerializer.CONFIGURATION_JSON, 1 << 24, ModelSerializer.COEFFICIENTS_BIN, 1 << 30);

  /** Bytes of others that are passed over at most. */
  private static final long MOST_PASSED = 1L << 31;

  private Dl4jFile() {}

  /**
   * Reads a file, as a MultiLayerNetwork or ComputationGraph without its updater.
   *
   * @throws WrongFile in one line where it is no such file
   */
  public static Model read(Path file) {
    Map<String, byte[]> entries;
    try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(InputFile.stream(file)))) {
      entries = entries(file, zip);
    } catch (WrongFile e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new WrongFile(file, "not a zip as DL4J writes them, or damaged: " + reason(e), e);
    }
    if (entries.size() < LIMITS.size()) {
      throw new WrongFile(
          file,
          "is no zip with %s and %s: only files of DL4J's ModelSerializer are read"
              .formatted(ModelSerializer.CONFIGURATION_JSON, ModelSerializer.COEFFICIENTS_BIN));
    }
    byte[] configuration = entries.get(ModelSerializer.CONFIGURATION_JSON);
    byte[] parameters = entries.get(ModelSerializer.COEFFICIENTS_BIN);
    try {
      return model(
          new String(configuration, StandardCharsets.UTF_8), StoredCoefficients.read(parameters));
    } catch (IOException e) {
      throw new WrongFile(file, "its parameters cannot be read: " + reason(e), e);
    } catch (RuntimeException | StackOverflowError e) {
      throw new WrongFile(
          file, "its configuration or parameters are not those of DL4J: " + reason(e), e);
    }
  }

  /** The entries that are needed; what comes after them is not unpacked. */
  private static Map<String, byte[]> entries(Path file, ZipInputStream zip) throws IOException {
    Map<String, byte[]> found = new HashMap<>();
    long passed = 0;
    while (found.size() < LIMITS.size()) {
      ZipEntry entry = zip.getNextEntry();
      if (entry == null) {
        break;
      }
      Integer most = LIMITS.get(entry.getName());
      if (most == null) {
        passed += passed(zip, MOST_PASSED - passed);
      } else {
        byte[] bytes = zip.readNBytes(most);
        found.put(entry.getName(), bytes);
        passed += zip.read() >= 0 ? MOST_PASSED : 0;
      }
      if (passed >= MOST_PASSED) {
        throw new WrongFile(
            file, "entry '%s' is too large for a network".formatted(entry.getName()));
      }
    }
    return found;
  }

  /** Passes over an entry, or so many bytes of it; returns how many. */
  private static long passed(InputStream entry, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long count = 0;
    for (int n = entry.read(buffer); n >= 0 && count < most; n = entry.read(buffer)) {
      count += n;
    }
    return count;
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
  private static String reason(Throwable e) {
    if (e instanceof EOFException) {
      return "it ends too early";
    }
    String message =
        String.valueOf(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
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
