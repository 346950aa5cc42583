package org.noisescape.onnx;

import java.util.List;

/** What exporters call a layer: the path of its module. */
final class LayerPath {
  private static final String PATH = "[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*";
  private static final List<String> LAST = List.of("weight", "bias", "running_mean", "running_var");
  private static final int LONGEST = 200;

  private LayerPath() {}

  /**
   * The path with dots, such as {@code layer1.0.conv1}, or nothing.
   *
   * @param tensor name of its weight, {@code layer1.0.conv1.weight}
   * @param node name of its node, {@code /layer1/layer1.0/conv1/Conv}
   */
  static String of(String tensor, String node) {
    int dot = tensor.lastIndexOf('.');
    if (dot > 0 && LAST.contains(tensor.substring(dot + 1))) {
      String path = tensor.substring(0, dot);
      if (path.length() <= LONGEST && path.matches(PATH)) {
        return path;
      }
    }
    int slash = node.lastIndexOf('/');
    return slash > 0 && slash <= LONGEST ? ofNode(node.substring(0, slash)) : "";
  }

  /** Scopes may repeat what stands before them: {@code /layer1/layer1.0}. */
  private static String ofNode(String scopes) {
    String path = "";
    String last = "";
    for (String scope : scopes.split("/", -1)) {
      if (scope.isEmpty()) {
        continue;
      }
      if (!scope.matches(PATH)) {
        return "";
      }
      boolean repeats = !last.isEmpty() && scope.startsWith(last + ".");
      path = path.isEmpty() ? scope : path + "." + scope.substring(repeats ? last.length() + 1 : 0);
      last = scope;
    }
    return path;
  }
}
