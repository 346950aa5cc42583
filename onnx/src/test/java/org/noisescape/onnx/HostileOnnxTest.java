package org.noisescape.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.files.WrongFile;

/** Files that lie, or that were made to fill memory or time: one line each. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileOnnxTest {
  @TempDir Path folder;

  private void refused(ModelFile file, String complaint) throws IOException {
    refused(file.in(folder), complaint);
  }

  private void refused(Path file, String complaint) {
    assertThatThrownBy(() -> OnnxNetwork.read(file))
        .isInstanceOf(WrongFile.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(complaint)
        .message()
        .matches(message -> message.lines().count() == 1);
  }

  private static ModelFile dense() {
    return new ModelFile().floats("w", 6, 3).floats("b", 3);
  }

  @Test
  void whatIsNoSuchFileIsSaid() throws IOException {
    Path file = folder.resolve("m.onnx");
    Files.writeString(file, "PK\u0003\u0004 no such file at all, but some text that is long");
    refused(file, "not a file of ONNX, or truncated");
    Files.write(file, new byte[0]);
    refused(file, "not a file of ONNX: it holds no graph");
    byte[] whole = dense().node("Gemm", "x w b", "y").bytes();
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> OnnxNetwork.read(file)).isInstanceOf(WrongFile.class);
    }
    refused(folder.resolve("none.onnx"), "no such file");
    refused(folder, "is a folder");
  }

  @Test
  void sizesThatLieAreSaidBeforeAnythingIsTaken() throws IOException {
    OnnxMessage huge = ModelFile.tensor("w", OnnxTensor.FLOAT, 1 << 20, 1 << 20);
    refused(dense().tensor(huge), "tensor 'w': shape [1048576, 1048576] is too large or negative");
    OnnxMessage large = ModelFile.tensor("v", OnnxTensor.FLOAT, 1 << 28, 2);
    refused(dense().tensor(large), "needs 2147483648 bytes, the file has 0");
    OnnxMessage negative = ModelFile.tensor("v", OnnxTensor.FLOAT, -1, -6);
    refused(dense().tensor(negative), "shape [-1, -6] is too large or negative");
    OnnxMessage few = ModelFile.tensor("v", OnnxTensor.FLOAT, 3).bytes(9, ByteBuffer.allocate(11));
    refused(dense().tensor(few), "shape [3] of float needs 12 bytes, the file has 11");
    OnnxMessage axes = ModelFile.tensor("v", OnnxTensor.FLOAT, new long[17]);
    refused(dense().tensor(axes), "a list of whole numbers has more than 16 entries");
    refused(dense().tensor(ModelFile.tensor("v", 8)), "elements of type string are not read");
    refused(dense().tensor(ModelFile.tensor("v", 99)), "elements of type number 99 are not read");
    refused(dense().floats("w", 6, 3), "two tensors are named 'w'");
    byte[] lie = {0x3a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07, 1};
    refused(Files.write(folder.resolve("l.onnx"), lie), "not a file of ONNX, or truncated");
  }

  @Test
  void otherFilesAreReadBesideTheModelOnly() throws IOException {
    Path outside = Files.write(folder.resolve("outside.bin"), new byte[72]);
    Path inner = Files.createDirectory(folder.resolve("inner"));
    for (String place : List.of("../outside.bin", outside.toString())) {
      Path file = external(place, "0", "72").in(inner);
      refused(file, "leads out of the folder");
    }
    Files.createSymbolicLink(inner.resolve("link.bin"), outside);
    refused(external("link.bin", "0", "72").in(inner), "leads out of the folder");
    refused(external("none.bin", "0", "72").in(inner), "no such file");
    Files.write(inner.resolve("data.bin"), new byte[80]);
    refused(external("data.bin", "16", "72").in(inner), "claimed are 72 at 16 of data.bin, which");
    refused(external("data.bin", "0", "71").in(inner), "needs 72 bytes; claimed are 71 at 0");
    refused(external("data.bin", "-8", "72").in(inner), "offset of its elements must be a whole");
    assertThat(read(external("data.bin", "8", "72").in(inner))).isEqualTo("input 6, linear 3");
  }

  private static ModelFile external(String location, String offset, String length) {
    return new ModelFile()
        .floats("b", 3)
        .node("Gemm", "x w b", "y")
        .tensor(
            ModelFile.tensor("w", OnnxTensor.FLOAT, 6, 3)
                .message(13, ModelFile.entry("location", location))
                .message(13, ModelFile.entry("offset", offset))
                .message(13, ModelFile.entry("length", length))
                .whole(14, 1));
  }

  private static String read(Path file) {
    return OnnxNetwork.read(file).description().text();
  }

  @Test
  void graphsThatMakeNoSenseAreSaid() throws IOException {
    refused(
        dense().node("Gemm", "z w b", "a").node("Relu", "a", "z").output("z"),
        "node 'the a' (Gemm): its value goes round in a circle");
    refused(dense().node("Relu", "y", "y"), "its value goes round in a circle");
    refused(dense().node("Relu", "nobody", "y"), "nothing makes the value 'nobody'");
    refused(
        dense().node("Relu", "x", "y").node("Tanh", "x", "y"),
        "node 'the y' (Tanh): the value 'y' is made twice");
    refused(dense().node("Relu", "x", "w"), "the value 'w' is made twice");
    refused(dense().node("Identity", "x", "y"), "its output does not depend on its input");
    refused(dense().node("Identity", "w", "y"), "its output does not depend on its input");
    refused(dense().output("none"), "nothing makes the value 'none'");
    refused(dense().opset(8).node("Gemm", "x w b", "y"), "opset 8 is not read: export with");
    refused(dense().opset(99).node("Gemm", "x w b", "y"), "opset 99 is not read");
    refused(dense().node("Gemm", "x", "y"), "node 'the y' (Gemm): input 1 is missing");
    refused(dense().node("Add", "x x", "y"), "a value is joined with itself");
    refused(
        new ModelFile()
            .input(3)
            .floats("w", 3, 3)
            .floats("b", 3)
            .node("Gemm", "x w b", "a")
            .node("Gemm", "a w b", "y"),
        "another layer has its weights 'w' too");
  }

  @Test
  void deepAndWideGraphsEnd() throws IOException {
    ModelFile deep = new ModelFile().floats("w", 6, 6);
    String value = "x";
    for (int i = 0; i < 40; i++) {
      deep.floats("b" + i, 6).floats("w" + i, 6, 6);
      deep.node("Gemm", value + " w" + i + " b" + i, "d" + i);
      value = "d" + i;
    }
    for (int i = 39; i >= 0; i--) {
      deep.node("Add", value + " " + (i == 0 ? "x" : "d" + (i - 1)), "s" + i);
      value = "s" + i;
    }
    refused(deep.output(value), "branches lie more than 30 deep");

    ModelFile doubling = new ModelFile();
    value = "x";
    for (int i = 0; i < 200; i++) {
      doubling.node("Mul", value + " " + value, "m" + i);
      value = "m" + i;
    }
    refused(doubling.output(value), "two values of the network are combined: only sums");

    ModelFile chain = new ModelFile();
    value = "x";
    for (int i = 0; i < 6000; i++) {
      chain.node(i % 2 == 0 ? "Relu" : "Tanh", value, "r" + i);
      value = "r" + i;
    }
    refused(chain.output(value), "it has more than 4096 layers");

    ModelFile crossed = new ModelFile().input(3);
    for (String name : List.of("a", "c", "d")) {
      crossed.floats("w" + name, 3, 3).floats("b" + name, 3);
    }
    crossed.node("Gemm", "x wa ba", "a").node("Gemm", "a wc bc", "c");
    crossed.node("Add", "x a", "s").node("Gemm", "s wd bd", "d").node("Add", "c d", "y");
    refused(crossed, "branches that do not begin and end together");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lenet-16", "mlp-12", "group-15", "densenet-kept-14", "keras-13"})
  void flippedBytesAreReadOrRefusedInOneLine(String name) throws IOException {
    byte[] whole = Files.readAllBytes(Path.of("src/test/resources/torch", name + ".onnx"));
    Path file = folder.resolve("m.onnx");
    SplittableRandom random = new SplittableRandom(name.hashCode());
    int refused = 0;
    for (int round = 0; round < 400; round++) {
      byte[] damaged = whole.clone();
      for (int k = random.nextInt(1, 4); k > 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      // names and sizes lie at the end, weights before them
      damaged[damaged.length - 1 - random.nextInt(Math.min(900, damaged.length))] ^= 0x41;
      Files.write(file, damaged);
      try {
        OnnxNetwork.read(file);
      } catch (WrongFile e) {
        refused++;
        assertThat(e.getMessage().lines()).hasSize(1);
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void textOfAFileReachesMessagesWithoutControlCharacters() throws IOException {
    byte[] bytes = dense().node("Bell", "x w b", "y").bytes();
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("Bell", "B\u0007\u001b[");
    Path file = folder.resolve("m.onnx");
    Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> OnnxNetwork.read(file))
        .hasMessageContaining("this operator is not read")
        .message()
        .matches(message -> message.chars().noneMatch(Character::isISOControl));
  }
}
