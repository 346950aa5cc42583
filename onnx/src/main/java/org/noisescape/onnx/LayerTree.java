package org.noisescape.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.noisescape.nn.BranchTree;
import org.noisescape.nn.BranchTree.Part;
import org.noisescape.onnx.GraphLayer.Kind;
import org.noisescape.onnx.GraphLayer.Weight;

/** Layers as chains, each with weights of its own. */
final class LayerTree implements BranchTree.Graph<GraphLayer> {
  private LayerTree() {}

  /** The chain that ends with this layer. */
  static List<Part<GraphLayer>> of(GraphLayer output) {
    List<Part<GraphLayer>> chain = BranchTree.of(output, new LayerTree());
    requireOwnWeights(chain, new HashSet<>());
    return chain;
  }

  private static void requireOwnWeights(List<Part<GraphLayer>> chain, Set<String> tensors) {
    for (Part<GraphLayer> part : chain) {
      for (Weight weight : part.node().parameters()) {
        String name = weight.tensor().name();
        if (!name.isEmpty() && !tensors.add(name)) {
          throw part.node()
              .node()
              .refused("another layer has its weights '%s' too".formatted(name));
        }
      }
      part.branches().forEach(branch -> requireOwnWeights(branch, tensors));
    }
  }

  @Override
  public List<GraphLayer> inputs(GraphLayer layer) {
    return layer.from();
  }

  @Override
  public boolean joins(GraphLayer layer) {
    return layer.kind() == Kind.SUM || layer.kind() == Kind.CONCATENATION;
  }

  @Override
  public IllegalArgumentException refused(GraphLayer layer, String why) {
    return layer.node().refused(why);
  }
}
