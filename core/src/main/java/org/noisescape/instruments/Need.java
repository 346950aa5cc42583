package org.noisescape.instruments;

/** What an instrument reads beside the vectors of the step. */
enum Need {
  /** ‖g_n‖², from the step's own backward pass where samples are not coupled. */
  NORMS,
  /** g_n·v: a pass over the mini-batch, and tangents. */
  PRODUCTS,
  /** The g_n themselves. */
  VECTORS,
  /** The histogram of their elements, and of the parameters with them. */
  JOINT_HISTOGRAM,
  /** tr G_n, a backward pass for each output. */
  CURVATURE_NORMS,
  /** θ before the first step. */
  START,
  /** That a step is one of plain SGD, −η times the mini-batch gradient. */
  PLAIN_STEP
}
