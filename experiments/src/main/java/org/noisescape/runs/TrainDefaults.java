package org.noisescape.runs;

import org.noisescape.objective.Augmentation;
import org.noisescape.train.TensorMatch;

/** What a run takes where the user says nothing; each value stands here only. */
public final class TrainDefaults {
  /** Embedded, so that a first run needs no download. */
  public static final String DATASET = "digits";

  /** The fully connected network of Mori et al. (2022), Fig. 1. */
  public static final String MODEL = "mlp:100,100";

  /** The loss the theory of Mori et al. (2022) is written for. */
  public static final String LOSS = "mse";

  /** Plain SGD, the subject of the theory. */
  public static final String OPTIMIZER = "sgd";

  /** η of Mori et al. (2022), Fig. 1. */
  public static final double LEARNING_RATE = 0.01;

  /** η stays, as in Mori et al. (2022). */
  public static final String SCHEDULE = "constant";

  /** B of Mori et al. (2022), Figs. 1 and 2. */
  public static final int BATCH = 100;

  /** A first look; the papers train longer. */
  public static final double EPOCHS = 10;

  /** Any number does; a fixed one makes runs repeatable. */
  public static final long SEED = 1;

  /** One run. */
  public static final int REPLICAS = 1;

  /** What every framework trains in by default. */
  public static final String PRECISION = "float32";

  /** The preferred engine that can run here. */
  public static final String ENGINE = "auto";

  /** PyTorch's data loaders shuffle without replacement; so does nearly all published training. */
  public static final String SAMPLING = "without-replacement";

  /** Glorot and Bengio (2010), the initialisation of Mori et al. (2022). */
  public static final String INITIALIZATION = "glorot";

  /** Losing at most an epoch costs little and writes little. */
  public static final String CHECKPOINT_EVERY = "1epoch";

  /** Loss and accuracy on all data, once an epoch. */
  public static final String PROBE = "loss";

  /** Pixels in [0, 1] and nothing else. */
  public static final String NORMALIZATION = "none";

  /** Pictures as they are. */
  public static final String AUGMENTATION = Augmentation.NONE.text();

  /** Names are what PyTorch goes by. */
  public static final String MATCH = TensorMatch.NAMES.label();

  private TrainDefaults() {}
}
