package org.noisescape.nn;

import org.noisescape.tensor.Tensor;

/**
 * Where a linearised layer reads and writes its K tangents; tangent k of replica r has index r·K +
 * k of the first axis.
 *
 * @param buffers where more memory comes from
 * @param tangents K
 * @param xDot tangent of the input (R·K, N, D), or null where the input does not depend on θ
 * @param yDot tangent of the output (R·K, N, D′), or null where the output does not depend on θ
 * @param xBarDot derivative of the input's cotangent, or null where nobody needs it
 * @param yBarDot derivative of the output's cotangent, or null where nobody needs it
 */
public record TangentWiring(
    SharedBuffers buffers,
    int tangents,
    Tensor xDot,
    Tensor yDot,
    Tensor xBarDot,
    Tensor yBarDot) {}
