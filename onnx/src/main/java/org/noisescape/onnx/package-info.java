/**
 * Files of ONNX, in and out.
 *
 * <p>{@link org.noisescape.onnx.OnnxReader} reads the messages of a file, {@link
 * org.noisescape.onnx.GraphReading} finds layers node by node, {@link
 * org.noisescape.onnx.LayerTree} chains and branches, and {@link org.noisescape.onnx.Description}
 * writes them out as {@code net:}, so that everything behind knows nothing of ONNX. An operator is
 * one entry in {@code rules()} of the class of its kind.
 *
 * @since 0.2
 */
package org.noisescape.onnx;
