package org.noisescape.onnx;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import org.noisescape.onnx.Call.Rule;
import org.noisescape.onnx.Value.Constant;
import org.noisescape.onnx.Value.Groups;
import org.noisescape.onnx.Value.Signal;

/** Operators that exporters compute shapes with, and constants among the nodes. */
final class ShapeArithmetic {
  private ShapeArithmetic() {}

  static Map<String, Rule> rules() {
    return Map.of(
        "Constant", ShapeArithmetic::constant,
        "Shape", ShapeArithmetic::shape,
        "Gather", ShapeArithmetic::gather,
        "Slice", ShapeArithmetic::slice,
        "ReduceProd", call -> ShapeNumbers.list(ShapeNumbers.product(sizesOf(call, 0).values())));
  }

  private static Value constant(Call call) {
    Map<String, OnnxAttribute> given = call.node().attributes();
    String name = call.node().outputs().getFirst();
    if (given.containsKey("value") && given.get("value").tensor() != null) {
      OnnxTensor tensor = given.get("value").tensor();
      return new Constant(new OnnxTensor(name, tensor.type(), tensor.shape(), tensor.bytes()));
    }
    if (given.containsKey("value_float")) {
      return new Constant(OnnxTensor.ofFloats(name, new int[0], given.get("value_float").f()));
    }
    if (given.containsKey("value_floats")) {
      float[] floats = given.get("value_floats").floats();
      return new Constant(OnnxTensor.ofFloats(name, new int[] {floats.length}, floats));
    }
    if (given.containsKey("value_int")) {
      return new ShapeNumbers(new long[] {given.get("value_int").i()}, true);
    }
    if (given.containsKey("value_ints")) {
      return ShapeNumbers.list(given.get("value_ints").ints());
    }
    throw call.refused("a constant of this kind is not read");
  }

  private static ShapeNumbers shape(Call call) {
    Value value = call.required(0);
    long[] sizes;
    if (value instanceof Constant constant) {
      sizes = Arrays.stream(constant.tensor().shape()).asLongStream().toArray();
    } else if (value instanceof Groups groups) {
      sizes = groups.x().form().sizes();
    } else {
      sizes = call.signal(0).form().sizes();
    }
    return ShapeNumbers.list(sizes)
        .slice(call.node().whole("start", 0), call.node().whole("end", Integer.MAX_VALUE));
  }

  private static ShapeNumbers gather(Call call) {
    ShapeNumbers from = sizesOf(call, 0);
    ShapeNumbers indices = sizesOf(call, 1);
    long[] taken = new long[indices.values().length];
    for (int i = 0; i < taken.length; i++) {
      long index = indices.values()[i];
      long place = index < 0 ? index + from.values().length : index;
      if (place < 0 || place >= from.values().length) {
        throw call.refused("index %d is out of range".formatted(index));
      }
      taken[i] = from.values()[(int) place];
    }
    return new ShapeNumbers(taken, indices.scalar());
  }

  private static ShapeNumbers sizesOf(Call call, int index) {
    Value value = call.required(index);
    if (value instanceof Signal) {
      throw call.refused("only entries of shapes are taken, not of the network's values");
    }
    return call.sizes(index);
  }

  private static ShapeNumbers slice(Call call) {
    long[] axes = call.input(3) == null ? new long[] {0} : call.sizes(3).values();
    long[] steps = call.input(4) == null ? new long[] {1} : call.sizes(4).values();
    ShapeNumbers from = sizesOf(call, 0);
    if (!Arrays.equals(axes, new long[] {0}) || !Arrays.equals(steps, new long[] {1})) {
      throw call.refused("only parts of shapes are taken, entry by entry");
    }
    return from.slice(one(call, 1), one(call, 2));
  }

  private static long one(Call call, int index) {
    call.required(index);
    long[] values = call.sizes(index).values();
    if (values.length != 1) {
      throw call.refused("input %d must be one number".formatted(index));
    }
    return values[0];
  }

  /** Arithmetic of shapes. */
  static ShapeNumbers combined(ShapeNumbers a, ShapeNumbers b, LongBinaryOperator operation) {
    int count = Math.max(a.values().length, b.values().length);
    long[] result = new long[count];
    for (int i = 0; i < count; i++) {
      long x = a.values()[a.values().length == 1 ? 0 : Math.min(i, a.values().length - 1)];
      long y = b.values()[b.values().length == 1 ? 0 : Math.min(i, b.values().length - 1)];
      boolean known = x > ShapeNumbers.UNKNOWN && y > ShapeNumbers.UNKNOWN;
      result[i] = known ? operation.applyAsLong(x, y) : ShapeNumbers.UNKNOWN;
    }
    return new ShapeNumbers(result, a.scalar() && b.scalar());
  }
}
