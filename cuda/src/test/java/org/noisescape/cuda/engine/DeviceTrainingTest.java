package org.noisescape.cuda.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.bind.LibraryFinder;
import org.noisescape.cuda.emulated.Emulator;
import org.noisescape.objective.ResidentData;
import org.noisescape.tensor.Arena;
import org.noisescape.tensor.DType;
import org.noisescape.tensor.Engine;
import org.noisescape.tensor.Engines;
import org.noisescape.train.Trainer;
import org.noisescape.train.TrainingPlan;
import org.noisescape.train.TrainingState;
import org.noisescape.train.TrainingStep;

/** What training asks of the driver, and what is left when the device fails. */
class DeviceTrainingTest {
  private static final int ILLEGAL_ADDRESS = 700;

  private Emulator emulator;

  @BeforeEach
  void begin() {
    Emulator found = Emulator.require();
    assumeTrue(
        System.getProperty(LibraryFinder.PROPERTY, "").equals(found.folder().toString()),
        "the engine runs on a real GPU");
    emulator = found;
    emulator.begin();
  }

  @AfterEach
  void end() {
    if (emulator != null) {
      emulator.set("EMULATOR_MEMORY_MIB", null);
      emulator.end();
    }
  }

  static List<Course> courses() {
    return List.of(
        Course.mlp("sgd", DType.FLOAT32),
        Course.mlp("momentum:0.9+sgld:l3=1e-3", DType.FLOAT64),
        Course.cnn(DType.FLOAT32));
  }

  @ParameterizedTest
  @MethodSource("courses")
  void aStepIsOneGraphAndFurtherStepsOnlyLaunchIt(Course course) {
    TrainingPlan plan = course.plan();
    try (Engine engine = Engines.open("cuda", 1);
        Arena arena = engine.arena()) {
      ResidentData data = plan.resident(course.samples(), arena);
      TrainingStep step = new TrainingStep(plan, data, arena, List.of());
      arena.commit();
      step.startFrom(plan.initialParameters(), new double[0]);
      step.run(plan.learningRate());
      step.run(plan.learningRate());
      engine.synchronize();
      assertThat(emulator.count("cuGraphInstantiateWithFlags")).isEqualTo(1);
      emulator.begin();
      // the emulated device computes each of them
      int steps = course.model().endsWith("cnn") ? 10 : 100;
      for (int i = 0; i < steps; i++) {
        step.run(plan.learningRate());
      }
      assertThat(emulator.count("cuGraphLaunch")).isEqualTo(steps);
      assertThat(emulator.calls()).hasSize(steps);
    }
  }

  @ParameterizedTest
  @MethodSource("courses")
  void stepsBetweenWhichNothingHappensAreTenAGraphAndKeepTheirBits(Course course) {
    try (Engine engine = Engines.open("cuda", 1)) {
      double[] expected = theta(engine, course, 1);
      emulator.begin();
      assertThat(theta(engine, course, 32)).isEqualTo(expected);
      // the first is none, the second one, then three times ten
      assertThat(emulator.count("cuGraphLaunch")).isEqualTo(4);
    }
  }

  /** θ after 32 steps, so many at a time. */
  private static double[] theta(Engine engine, Course course, int together) {
    TrainingPlan plan = course.plan();
    try (Arena arena = engine.arena()) {
      ResidentData data = plan.resident(course.samples(), arena);
      TrainingStep step = new TrainingStep(plan, data, arena, List.of());
      arena.commit();
      step.startFrom(plan.initialParameters(), new double[0]);
      while (step.done() < 32) {
        step.run(plan.learningRate(), together);
      }
      return engine.memory().readDoubles(step.theta());
    }
  }

  @ParameterizedTest
  @MethodSource("courses")
  void aRunTakesItsMemoryInOnePiece(Course course) {
    try (Engine engine = Engines.open("cuda", 1)) {
      long before = emulator.allocations();
      long taken = emulator.count("cuMemAlloc_v2");
      try (Trainer trainer = course.trainer(engine, event -> {})) {
        trainer.run();
        assertThat(emulator.count("cuMemAlloc_v2") - taken).isEqualTo(1);
      }
      assertThat(emulator.allocations()).isEqualTo(before);
    }
  }

  @Test
  void aRunThatDoesNotFitSaysHowMuchItNeedsAndHas() {
    // beside what engines of other tests hold
    long held = (emulator.allocatedBytes() + (1 << 20) - 1) >> 20;
    emulator.set("EMULATOR_MEMORY_MIB", Long.toString(held + 64));
    Course course = new Course("mlp:2000,2000,2000", "mse", "sgd", 0.1, DType.FLOAT32);
    try (Engine engine = Engines.open("cuda", 1)) {
      assertThatThrownBy(() -> course.trainer(engine, event -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(
              "[0-9.]+ GiB .*needed, engine cuda has [0-9.]+ GiB left: no batch is small enough.*");
      Course ensemble = Course.mlp("sgd", DType.FLOAT32);
      assertThatThrownBy(() -> ensemble.trainer(engine, event -> {}, 200))
          .hasMessageMatching(".*left: [0-9]+ replicas instead of 200 would fit");
      // and another fits
      assertThat(Course.mlp("sgd", DType.FLOAT32).run(engine, null).losses()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void anErrorOfTheDeviceEndsTheRunAndLeavesTheLastCheckpoint(int later) {
    Course course = Course.mlp("momentum:0.9", DType.FLOAT32);
    Course.Ended whole;
    try (Engine engine = Engines.open("cuda", 1)) {
      whole = course.run(engine, null);
    }
    Course.Ended broken = ended();
    try (Engine engine = Engines.open("cuda", 1);
        Trainer trainer =
            course.trainer(
                engine,
                event -> {
                  broken.take(event);
                  // the first is that of the initialisation
                  if (broken.states().size() == 3) {
                    emulator.fail("cuStreamSynchronize", ILLEGAL_ADDRESS, later);
                  }
                })) {
      assertThatThrownBy(trainer::run)
          .isInstanceOf(CudaException.class)
          .hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS");
    }
    emulator.begin();
    TrainingState last = broken.states().getLast();
    assertThat(last.step()).isBetween(2L * Course.EVERY, 4L * Course.EVERY);
    assertThat(last.theta()).isEqualTo(whole.states().get(broken.states().size() - 1).theta());
    try (Engine fresh = Engines.open("cuda", 1)) {
      TrainingState end = course.run(fresh, last).states().getLast();
      assertThat(end.theta()).isEqualTo(whole.states().getLast().theta());
    }
  }

  private static Course.Ended ended() {
    return new Course.Ended(new ArrayList<>(), new ArrayList<>());
  }
}
