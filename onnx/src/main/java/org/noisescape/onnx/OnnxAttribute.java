package org.noisescape.onnx;

/**
 * A setting of an operator; what it is not keeps its zero.
 *
 * @param f a number
 * @param i a whole number
 * @param s a word
 * @param tensor a constant
 * @param floats numbers
 * @param ints whole numbers
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record OnnxAttribute(float f, long i, String s, OnnxTensor tensor, float[] floats, long[] ints) {}
