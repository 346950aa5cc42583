package org.noisescape.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.noisescape.onnx.Call.Rule;
import org.noisescape.onnx.Form.Layout;
import org.noisescape.onnx.GraphLayer.Weight;
import org.noisescape.onnx.Value.Groups;
import org.noisescape.onnx.Value.Normal;
import org.noisescape.onnx.Value.Normal.Step;
import org.noisescape.onnx.Value.Signal;

/** Normalisations, as operators of their own or written out. */
final class NormalOperators {
  private static final String SCALE = "the scale";
  private static final String BIAS = "the bias";
  private static final double USUAL = 1e-5;

  private NormalOperators() {}

  static Map<String, Rule> rules() {
    return Map.of(
        "BatchNormalization", NormalOperators::batch,
        "LayerNormalization", NormalOperators::layer,
        "GroupNormalization", NormalOperators::group,
        "InstanceNormalization", NormalOperators::instance,
        "ReduceMean", NormalOperators::mean);
  }

  private static Signal channels(Call call) {
    Signal x = call.signal(0);
    boolean features = x.form().layout() == Layout.FEATURES;
    return features ? x : call.signal(0, Layout.IMAGES);
  }

  private static String epsilon(double epsilon) {
    return epsilon == USUAL ? "" : " eps=" + epsilon;
  }

  private static Value batch(Call call) {
    OnnxNode node = call.node();
    Signal x = channels(call);
    OnnxTensor scale = call.vector(1, SCALE, x.form().channels());
    int count = scale.size();
    // ONNX weighs what was there before, PyTorch the newest batch
    double momentum = 1 - node.number("momentum", 0.9);
    double rounded = Math.rint(momentum * 1e7) / 1e7;
    String words =
        "batchnorm"
            + epsilon(node.number("epsilon", USUAL))
            + (rounded == 0.1 ? "" : " momentum=" + rounded);
    GraphLayer layer =
        GraphLayer.of(
            x.layer(),
            words,
            node,
            LayerPath.of(scale.name(), node.name()),
            List.of(new Weight("weight", scale), new Weight("bias", call.vector(2, BIAS, count))),
            List.of(
                new Weight("running_mean", call.vector(3, "the mean", count)),
                new Weight("running_var", call.vector(4, "the variance", count))));
    return Signal.of(layer, x.form());
  }

  private static Value layer(Call call) {
    Signal x = channels(call);
    int rank = x.form().sizes().length;
    int axis = call.axis(-1, rank);
    if (axis != 1) {
      throw call.refused(
          "axis=%d of %d: only normalisations over all features of a sample are read"
              .formatted(axis, rank));
    }
    if (!call.node().has(2)) {
      throw call.refused("it has no bias, and layers here have one");
    }
    double epsilon = call.node().number("epsilon", USUAL);
    Normal normal = new Normal(call.node(), x, Step.SCALED, 0, epsilon, call.weight(1, SCALE));
    return finished(call, normal, call.weight(2, BIAS));
  }

  private static Value group(Call call) {
    Signal x = channels(call);
    int groups = groups(call, call.node().whole("num_groups", 0));
    int channels = x.form().channels();
    OnnxTensor scale = call.weight(1, SCALE);
    if (scale.size() == groups && groups != channels) {
      throw call.refused(
          "it has a scale a group, as before opset 21, and layers here one a channel: export with"
              + " opset 21 or newer, or as PyTorch does for older ones");
    }
    double epsilon = call.node().number("epsilon", USUAL);
    Normal normal = new Normal(call.node(), x, Step.SCALED, groups, epsilon, scale);
    return finished(call, normal, call.weight(2, BIAS));
  }

  private static int groups(Call call, long groups) {
    if (groups < 1 || groups > Integer.MAX_VALUE) {
      throw call.refused("num_groups=" + groups + " makes no sense");
    }
    return (int) groups;
  }

  /** A normalisation of groups where its input's channels are groups; else each channel is one. */
  private static Value instance(Call call) {
    double epsilon = call.node().number("epsilon", USUAL);
    OnnxTensor scale = call.weight(1, SCALE);
    OnnxTensor bias = call.weight(2, BIAS);
    if (call.required(0) instanceof Groups groups && !groups.isNormalized()) {
      if (!all(scale, 1) || !all(bias, 0) || !(epsilon > 0)) {
        throw call.refused("a scale or bias a group is not read: only one a channel");
      }
      return new Groups(call.node(), groups.x(), groups.groups(), epsilon);
    }
    Signal x = call.signal(0, Layout.IMAGES);
    return finished(
        call, new Normal(call.node(), x, Step.SCALED, scale.size(), epsilon, scale), bias);
  }

  private static boolean all(OnnxTensor tensor, double value) {
    for (int i = 0; i < tensor.size(); i++) {
      if (tensor.number(i) != value) {
        return false;
      }
    }
    return true;
  }

  /** The mean of every channel, or of all features. */
  private static Value mean(Call call) {
    if (call.required(0) instanceof Normal normal && normal.step() == Step.SQUARED) {
      requireAll(call, normal.x());
      return normal.next(call.node(), Step.VARIANCE);
    }
    Signal x = call.signal(0);
    long[] axes = axes(call, x);
    boolean kept = call.node().whole("keepdims", 1) != 0;
    Layout layout = x.form().layout();
    boolean pixels =
        layout == Layout.IMAGES && Arrays.equals(axes, new long[] {2, 3})
            || layout == Layout.CHANNELS_LAST && Arrays.equals(axes, new long[] {1, 2});
    if (pixels) {
      Signal pooled = PoolOperators.global(call, x);
      Signal placed = layout == Layout.IMAGES ? pooled : pooled.as(Layout.CHANNELS_LAST);
      return kept ? placed : ShapeOperators.flattened(call, placed);
    }
    requireAll(call, x);
    if (!kept) {
      throw call.refused("the mean of all features of a sample is no layer, and is not read");
    }
    return new Normal(call.node(), x, Step.MEAN, 0, 0, null);
  }

  private static long[] axes(Call call, Signal x) {
    long[] axes = call.axes(1);
    int rank = x.form().sizes().length;
    return axes == null
        ? new long[0]
        : Arrays.stream(axes).map(axis -> axis < 0 ? axis + rank : axis).sorted().toArray();
  }

  private static void requireAll(Call call, Signal x) {
    long[] axes = axes(call, x);
    int rank = x.form().sizes().length;
    boolean all = axes.length == rank - 1 && axes[0] == 1 && axes[axes.length - 1] == rank - 1;
    if (!all || (!x.form().isFlat() && x.form().layout() != Layout.IMAGES)) {
      throw call.refused(
          "a mean over axes %s is not read: only over height and width, or over all features"
              .formatted(Arrays.toString(axes)));
    }
  }

  /** The layer, once its bias is known too. */
  static Signal finished(Call call, Normal normal, OnnxTensor bias) {
    Form form = normal.x().form();
    OnnxTensor scale = normal.scale();
    if (!(normal.epsilon() > 0)) {
      throw call.refused("epsilon must be > 0");
    }
    if (form.layout() != Layout.IMAGES && form.layout() != Layout.FEATURES) {
      throw call.refused("a normalisation of images with channels last is not read");
    }
    boolean whole = normal.groups() == 0;
    int size = whole ? form.size() : form.channels();
    if (size == OnnxModel.UNKNOWN || scale.size() != size || bias.size() != size) {
      throw call.refused(
          "scale and bias have %d and %d entries, expected one a %s, %s"
              .formatted(
                  scale.size(),
                  bias.size(),
                  whole ? "feature" : "channel",
                  size == OnnxModel.UNKNOWN ? "whose number is not known" : "" + size));
    }
    String words =
        (whole ? "layernorm" : "groupnorm " + normal.groups()) + epsilon(normal.epsilon());
    GraphLayer layer =
        GraphLayer.of(
            normal.x().layer(),
            words,
            normal.node(),
            LayerPath.of(scale.name(), normal.node().name()),
            List.of(
                new Weight("weight", whole ? pixelwise(scale, form) : scale.reshaped(size)),
                new Weight("bias", whole ? pixelwise(bias, form) : bias.reshaped(size))),
            List.of());
    return Signal.of(layer, form);
  }

  /** Entries (C, H, W) in the order (H, W, C) of images here. */
  private static OnnxTensor pixelwise(OnnxTensor tensor, Form form) {
    if (form.isFlat()) {
      return tensor.reshaped(tensor.size());
    }
    int pixels = form.height() * form.width();
    int[] from = new int[tensor.size()];
    for (int i = 0; i < from.length; i++) {
      from[i] = i % form.channels() * pixels + i / form.channels();
    }
    return tensor.gathered(from, form.height(), form.width(), form.channels());
  }
}
