package org.noisescape.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.noisescape.onnx.Call.Rule;
import org.noisescape.onnx.Form.Layout;
import org.noisescape.onnx.GraphLayer.Kind;
import org.noisescape.onnx.Value.Constant;
import org.noisescape.onnx.Value.Ended;
import org.noisescape.onnx.Value.Signal;
import org.noisescape.onnx.Value.Unfinished;

/** Finds the layers of a model, node by node. */
final class GraphReading {
  /** Operators of these versions mean what is read here. */
  private static final int OLDEST = 9;

  private static final int NEWEST = 25;
  private static final int MOST_BRANCHES = 256;
  private static final Map<String, Rule> RULES = new HashMap<>();

  static {
    RULES.putAll(ShapeOperators.rules());
    RULES.putAll(ShapeArithmetic.rules());
    RULES.putAll(WeightOperators.rules());
    RULES.putAll(PoolOperators.rules());
    RULES.putAll(NormalOperators.rules());
    RULES.putAll(ElementOperators.rules());
  }

  private final OnnxModel model;
  private final Map<String, Value> values = new HashMap<>();

  /** Concatenations by what they join. */
  private final Map<List<GraphLayer>, GraphLayer> joined = new HashMap<>();

  private GraphReading(OnnxModel model) {
    this.model = model;
  }

  /**
   * What was found.
   *
   * @param output the last layer
   * @param input how samples are fed
   * @param notes what was left out, a line each
   */
  record Found(GraphLayer output, Form input, List<String> notes) {}

  /**
   * Finds the layers.
   *
   * @throws IllegalArgumentException in one line with the node that cannot be read
   */
  static Found of(OnnxModel model) {
    return new GraphReading(model).found();
  }

  private Found found() {
    if (model.opset() < OLDEST || model.opset() > NEWEST) {
      throw new IllegalArgumentException(
          "opset %d is not read: export with an opset_version from %d to %d"
              .formatted(model.opset(), OLDEST, NEWEST));
    }
    if (model.outputs().size() != 1 || model.inputs().size() != 1) {
      throw new IllegalArgumentException(
          "it has %d inputs and %d outputs, and networks here have one of each"
              .formatted(model.inputs().size(), model.outputs().size()));
    }
    OnnxModel.Input input = model.inputs().getFirst();
    Set<String> given = new HashSet<>(model.constants().keySet());
    given.add(input.name());
    String output = model.outputs().getFirst();
    List<OnnxNode> order = NodeOrder.of(model.nodes(), output, given);
    model.constants().forEach((name, tensor) -> values.put(name, new Constant(tensor)));
    Signal first = Signal.of(GraphLayer.input(), InputForm.of(input, order));
    values.put(input.name(), first);
    for (OnnxNode node : order) {
      values.put(node.outputs().getFirst(), value(node, input));
    }
    List<String> notes = new ArrayList<>();
    Value last = values.get(output);
    if (last instanceof Ended ended) {
      notes.add(
          "the %s at the end is left out: cross-entropy has its own"
              .formatted(ended.node().operator()));
      last = ended.x();
    }
    if (last instanceof Unfinished part) {
      throw part.node().refused(part.missing());
    }
    if (!(last instanceof Signal signal) || signal.layer().kind() == Kind.INPUT) {
      throw new IllegalArgumentException("its output does not depend on its input");
    }
    return new Found(signal.layer(), fed(first, order), notes);
  }

  private Value value(OnnxNode node, OnnxModel.Input input) {
    List<Value> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      Value value = values.get(name);
      if (value == null && !name.isEmpty()) {
        throw node.refused("'%s' is none of the outputs that are read".formatted(name));
      }
      inputs.add(value);
    }
    int batch = input.shape().length == 0 ? OnnxModel.UNKNOWN : input.shape()[0];
    Call call = new Call(node, inputs, model.opset(), batch == OnnxModel.UNKNOWN ? 0 : batch);
    Rule rule = node.operator().equals("Concat") ? this::concatenation : RULES.get(node.operator());
    if (rule == null) {
      throw node.refused(
          "this operator is not read; read are dense layers, convolutions, normalisations, pools,"
              + " dropout, sums and concatenations of branches, and the activations "
              + ElementFunction.names()
              + ": export the model with those, or write the network out");
    }
    try {
      return rule.apply(call);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(node.refused("numbers are too large").getMessage(), e);
    }
  }

  /** What samples are, where a first node says that features are images. */
  private Form fed(Signal first, List<OnnxNode> order) {
    Form form = first.form();
    for (OnnxNode node : order) {
      boolean same =
          values.get(node.outputs().getFirst()) instanceof Signal signal
              && signal.layer() == first.layer()
              && form.layout() == Layout.FEATURES
              && !signal.form().isFlat();
      if (same) {
        return ((Signal) values.get(node.outputs().getFirst())).form();
      }
    }
    return form;
  }

  private Value concatenation(Call call) {
    boolean shapes =
        call.inputs().stream()
            .allMatch(
                value ->
                    value instanceof ShapeNumbers
                        || value instanceof Constant constant && !constant.tensor().isFloating());
    if (shapes) {
      List<Long> all = new ArrayList<>();
      for (int i = 0; i < call.inputs().size(); i++) {
        for (long size : call.sizes(i).values()) {
          all.add(size);
        }
      }
      return ShapeNumbers.list(all.stream().mapToLong(Long::longValue).toArray());
    }
    if (call.inputs().size() > MOST_BRANCHES) {
      throw call.refused("it joins more than %d values".formatted(MOST_BRANCHES));
    }
    List<GraphLayer> from = new ArrayList<>();
    Form form = call.signal(0).form();
    int channels = 0;
    for (int i = 0; i < call.inputs().size(); i++) {
      Signal signal = call.signal(i);
      Form one = signal.form();
      boolean beside =
          one.layout() == form.layout()
              && one.height() == form.height()
              && one.width() == form.width()
              && one.layout() != Layout.PIXELS
              && one.layout() != Layout.PLANES;
      if (!beside) {
        throw call.refused(
            "branches of different heights or widths are joined: %s and %s".formatted(form, one));
      }
      channels =
          one.channels() == OnnxModel.UNKNOWN || channels == OnnxModel.UNKNOWN
              ? OnnxModel.UNKNOWN
              : Math.addExact(channels, one.channels());
      from.add(signal.layer());
    }
    int axis = call.axis(1, form.sizes().length);
    if (axis != form.channelAxis()) {
      throw call.refused("axis=%d: only channels are joined".formatted(axis));
    }
    Form whole = new Form(form.layout(), channels, form.height(), form.width());
    return from.size() == 1 ? call.signal(0) : Signal.of(joined(from, call), whole);
  }

  /** A longer list of what an earlier concatenation joined is that one with the rest beside it. */
  private GraphLayer joined(List<GraphLayer> from, Call call) {
    List<GraphLayer> nested = from;
    for (int length = from.size() - 1; length > 1; length--) {
      GraphLayer earlier = joined.get(from.subList(0, length));
      if (earlier != null) {
        nested = new ArrayList<>(from.subList(length, from.size()));
        nested.addFirst(earlier);
        break;
      }
    }
    GraphLayer layer = GraphLayer.joining(Kind.CONCATENATION, nested, call.node());
    joined.put(List.copyOf(from), layer);
    return layer;
  }
}
