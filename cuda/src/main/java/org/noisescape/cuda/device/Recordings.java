package org.noisescape.cuda.device;

import java.util.ArrayList;
import java.util.List;

/** The graphs of a device, and whether one is being recorded. */
final class Recordings {
  private final Device device;
  private final List<Graph> graphs = new ArrayList<>();
  private boolean recording;

  Recordings(Device device) {
    this.device = device;
  }

  Graph record(Runnable body) {
    requireNone("recording");
    recording = true;
    try {
      Graph graph = Graph.of(device, body);
      graphs.add(graph);
      return graph;
    } finally {
      recording = false;
    }
  }

  boolean isRecording() {
    return recording;
  }

  void requireNone(String what) {
    if (recording) {
      throw new IllegalStateException(
          what + " cannot be recorded: do it before or after the body of a program");
    }
  }

  /** Those that have not been given back. */
  List<Graph> graphs() {
    return List.copyOf(graphs);
  }

  /** Whether a graph has not been given back yet; it is no longer known then. */
  boolean remove(Graph graph) {
    return graphs.remove(graph);
  }

  /** Gives all back; nothing of them may still run. */
  void destroy() {
    graphs.forEach(Graph::destroy);
    graphs.clear();
  }
}
