package org.noisescape.tensorboard;

import java.util.Map;

/**
 * The settings of a run as TensorBoard's HParams plugin reads them, a session a run.
 *
 * <p>Source: TensorBoard, {@code plugins/hparams/plugin_data.proto} and {@code api.proto}; a value
 * is a {@code google.protobuf.Value}. The plugin gathers from the sessions what differs, and takes
 * the scalars of the run for its metrics.
 *
 * @param settings by name: {@link Number}, {@link Boolean} or text
 */
public record Session(Map<String, Object> settings) {
  private static final String PLUGIN = "hparams";
  private static final int START_INFO = 3;
  private static final int END_INFO = 4;
  private static final int START_SETTINGS = 1;
  private static final int START_SECONDS = 5;
  private static final int END_STATUS = 1;
  private static final int END_SECONDS = 2;
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int NUMBER = 2;
  private static final int TEXT = 3;
  private static final int TRUTH = 4;

  /** Copies the map. */
  public Session {
    settings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(settings));
  }

  /** The record of its begin. */
  byte[] start(double wallTime) {
    Message start = new Message();
    settings.forEach(
        (name, value) ->
            start.message(
                START_SETTINGS, new Message().text(KEY, name).message(VALUE, value(value))));
    start.float64(START_SECONDS, wallTime);
    Message content = new Message().message(START_INFO, start);
    return EventRecord.plugin(wallTime, "_hparams_/session_start_info", PLUGIN, content);
  }

  private static Message value(Object value) {
    if (value instanceof Number number) {
      return new Message().float64(NUMBER, number.doubleValue());
    }
    return value instanceof Boolean truth
        ? new Message().int64(TRUTH, truth ? 1 : 0)
        : new Message().text(TEXT, value.toString());
  }

  /** The record of its end. */
  static byte[] end(double wallTime, boolean well) {
    Message end =
        new Message().int64(END_STATUS, well ? SUCCESS : FAILURE).float64(END_SECONDS, wallTime);
    Message content = new Message().message(END_INFO, end);
    return EventRecord.plugin(wallTime, "_hparams_/session_end_info", PLUGIN, content);
  }
}
