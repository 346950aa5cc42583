package org.noisescape.cuda.engine;

import org.noisescape.cuda.bind.CudaException;
import org.noisescape.cuda.device.Device;
import org.noisescape.cuda.device.Graph;
import org.noisescape.tensor.Program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A body that runs as it is once, so that libraries do at their first use what cannot be recorded,
 * and is one graph of the device from then on.
 *
 * <p>A recording that fails is tried once more at the next replay, after the body has run as it is
 * again. Where it fails again, every replay runs the body; with {@value #PROPERTY} = {@value
 * #REQUIRED} that is an error, so that nobody measures it.
 *
 * <p>Of a body of few nodes, {@value #TOGETHER} replays in a row are one graph too, recorded when
 * first asked for: a device waits between two graphs, longer than between two nodes.
 */
final class RecordedProgram implements Program {
  /** System property. */
  static final String PROPERTY = "noisescape.cuda.recording";

  /** Its value where a body must not run unrecorded. */
  static final String REQUIRED = "required";

  private static final int TRIES = 2;

  /** Replays of one graph. */
  static final int TOGETHER = 10;

  /** Nodes of a body beyond which what lies between two graphs does not count. */
  static final long FEW_NODES = 100;

  private static final Logger LOG = LoggerFactory.getLogger(RecordedProgram.class);

  private final Device device;
  private final Runnable body;
  private Stage stage = Stage.FIRST;
  private Graph graph;
  private Graph several;
  private boolean single;
  private int failures;

  private enum Stage {
    FIRST,
    UNRECORDED,
    GRAPH,
    REFUSED
  }

  RecordedProgram(Device device, Runnable body) {
    this.device = device;
    this.body = body;
  }

  @Override
  public void replay() {
    if (stage == Stage.UNRECORDED) {
      record();
    }
    if (stage == Stage.GRAPH) {
      graph.launch();
    } else {
      body.run();
      stage = stage == Stage.FIRST ? Stage.UNRECORDED : stage;
    }
  }

  @Override
  public void replay(int times) {
    int left = times;
    while (left > 0) {
      if (left >= TOGETHER && isRecordedSeveralTimes()) {
        several.launch();
        left -= TOGETHER;
      } else {
        replay();
        left--;
      }
    }
  }

  private boolean isRecordedSeveralTimes() {
    if (several == null && stage == Stage.GRAPH && !single) {
      single = graph.nodes() > FEW_NODES || !recordSeveral();
    }
    return several != null;
  }

  private boolean recordSeveral() {
    try {
      several =
          device.record(
              () -> {
                for (int i = 0; i < TOGETHER; i++) {
                  body.run();
                }
              });
      return true;
    } catch (CudaException e) {
      LOG.debug("one step a graph only: {}", e.getMessage());
      return false;
    }
  }

  private void record() {
    try {
      graph = device.record(body);
      stage = Stage.GRAPH;
      if (LOG.isDebugEnabled()) {
        LOG.debug("recorded {} nodes: {}", graph.nodes(), String.join(" ", graph.names()));
      }
    } catch (CudaException e) {
      failures++;
      if (failures < TRIES) {
        return;
      }
      if (REQUIRED.equals(System.getProperty(PROPERTY))) {
        throw e;
      }
      // what is broken, and not only impossible to record, fails again when the body runs
      LOG.warn("this program cannot be recorded, so it is slower: {}", e.getMessage());
      stage = Stage.REFUSED;
    }
  }

  /** Gives the graph back; nothing replays it any more. */
  void close() {
    if (several != null) {
      several.close();
      several = null;
      single = true;
    }
    if (graph != null) {
      graph.close();
      graph = null;
      stage = Stage.REFUSED;
    }
  }
}
