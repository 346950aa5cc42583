package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Installation;
import org.noisescape.cuda.device.KernelCache;
import org.noisescape.cuda.emulated.Emulator;
import org.noisescape.loss.Losses;
import org.noisescape.nn.ModelZoo;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Precision;
import org.noisescape.tensor.Tensor;
import org.noisescape.testing.ArraySamples;
import org.noisescape.testing.Vectors;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingSetup;

/**
 * Every call of a library that a training makes fails once, at its first use and at its first use
 * within a recording: the training ends right or with one line that names the call.
 */
class LibraryFailureTest {
  private static final int SIZE = 16;
  private static final int SAMPLES = 4;
  private static final int CLASSES = 10;

  /** Fallbacks sum in another order. */
  private static final double ROUNDING = 1e-9;

  /** CUDA_ERROR_ILLEGAL_ADDRESS, after which nothing works. */
  private static final int LOST = 700;

  private static final String BEGIN = "cuStreamBeginCapture_v2";
  private static final String END = "cuStreamEndCapture";

  private Emulator emulator;

  @BeforeEach
  void begin() {
    emulator = Emulator.require();
    emulator.begin();
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.giveBack();
      emulator.end();
    }
  }

  private CudaEngine open() {
    Installation installation = Installation.in(emulator.finder());
    // what an engine's provider says it is not available for
    installation
        .problem()
        .ifPresent(
            line -> {
              throw new IllegalStateException(line);
            });
    return new CudaEngine(new Device(installation, Precision.FLOAT32));
  }

  /** Parameters after a few steps, of which the second is recorded. */
  private double[] train() {
    float[] features = new float[SAMPLES * SIZE * SIZE];
    double[] normals = Vectors.normals(3, features.length);
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) normals[i];
    }
    float[] targets = new float[SAMPLES * CLASSES];
    for (int n = 0; n < SAMPLES; n++) {
      targets[n * CLASSES + n % CLASSES] = 1;
    }
    int[] image = {1, SIZE, SIZE};
    TrainingPlan plan =
        TrainingPlan.of(ModelZoo.build("meng-cnn", image, CLASSES), Losses.parse("ce"))
            .learningRate(0.1)
            .batch(2)
            .epochs(1)
            .seed(3)
            .dtype(DType.FLOAT64)
            .build();
    try (Engine engine = open();
        Trainer trainer =
            new Trainer(
                engine,
                TrainingSetup.of(plan, new ArraySamples(image, CLASSES, features, targets)))) {
      trainer.run();
      return trainer.state().theta();
    }
  }

  /** A call that fails: its name, and how many of that name go well before. */
  private record Occasion(String call, int after, String when) {
    @Override
    public String toString() {
      return call + " " + when;
    }
  }

  /** First uses of a log's calls whose names begin so. */
  private static List<Occasion> occasions(List<String> log, String library) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    Map<String, Occasion> found = new LinkedHashMap<>();
    boolean recording = false;
    for (String line : log) {
      String call = line.split(" ", 2)[0];
      recording &= !call.equals(END);
      if (call.matches(library + "[A-Z].*")) {
        int before = counts.merge(call, 1, Integer::sum) - 1;
        found.putIfAbsent(call, new Occasion(call, before, "at its first use"));
        if (recording) {
          found.putIfAbsent(call + END, new Occasion(call, before, "within a recording"));
        }
      }
      recording |= call.equals(BEGIN);
    }
    return List.copyOf(found.values());
  }

  @ParameterizedTest
  @CsvSource({"cu, 999", "cu, 700", "cublas, 13", "cudnn, 5000"})
  void everyFailureEndsRightOrInOneLine(String library, int status) {
    train(); // what is loaded once a process
    emulator.begin();
    double[] expected = train();
    List<Occasion> occasions = occasions(emulator.calls(), library);
    List<String> wrong = new ArrayList<>();
    int errors = 0;
    for (Occasion occasion : occasions) {
      emulator.begin();
      emulator.fail(occasion.call, status, occasion.after);
      try {
        double apart = Vectors.norm(Vectors.axpy(-1, expected, train()));
        if (!(apart < ROUNDING)) {
          wrong.add(occasion + ": other parameters, apart by " + apart);
        }
      } catch (IllegalStateException e) {
        errors++;
        String message = e.getMessage();
        if (!isLine(message, occasion, status)) {
          wrong.add(occasion + ": " + message);
        }
      }
    }
    assertThat(wrong).isEmpty();
    System.out.printf(
        "%s, status %d: %d occasions, %d in one line, the others right%n",
        library, status, occasions.size(), errors);
    assertThat(occasions).hasSizeGreaterThan(5);
  }

  /** A line that names the call, or, as a lost device answers every call so, the status. */
  private static boolean isLine(String message, Occasion occasion, int status) {
    String call = occasion.call.replaceFirst("_v2$|WithFlags$", "");
    return !message.contains("\n")
        && (message.contains(call + " failed with status " + status)
            || status == LOST && message.contains(" failed with status " + LOST)
            || message.contains("cannot be used") && message.contains(call));
  }

  @Test
  void aCompilerThatFailsIsOneLine(@TempDir Path folder) throws IOException {
    String kept = System.getProperty(KernelCache.PROPERTY);
    try {
      System.setProperty(KernelCache.PROPERTY, folder.resolve("first").toString());
      emulator.begin();
      add();
      List<Occasion> occasions = occasions(emulator.calls(), "nvrtc");
      List<String> wrong = new ArrayList<>();
      for (Occasion occasion : occasions) {
        System.setProperty(KernelCache.PROPERTY, folder.resolve(occasion.call).toString());
        emulator.begin();
        emulator.fail(occasion.call, 11, occasion.after);
        try {
          add();
        } catch (IllegalStateException e) {
          if (e.getMessage().contains("\n") || !e.getMessage().contains(occasion.call)) {
            wrong.add(occasion + ": " + e.getMessage());
          }
        }
      }
      assertThat(wrong).isEmpty();
      assertThat(occasions).hasSizeGreaterThan(5);
    } finally {
      if (kept == null) {
        System.clearProperty(KernelCache.PROPERTY);
      } else {
        System.setProperty(KernelCache.PROPERTY, kept);
      }
    }
  }

  /** One kernel of one file. */
  private void add() {
    try (CudaEngine engine = open()) {
      Tensor x = engine.tensor(DType.FLOAT64, 1, 2);
      engine.memory().write(x, 1.0, 3.0);
      engine.linearAlgebra().axpby(1, x, 1, x);
      assertThat(engine.memory().readDoubles(x)).containsExactly(2, 6);
    }
  }
}
