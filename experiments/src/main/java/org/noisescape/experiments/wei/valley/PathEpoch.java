package org.noisescape.experiments.wei.valley;

import java.util.List;

/**
 * The projected path of one epoch of SGD.
 *
 * @param epoch counted from 1; 0 is the beginning of SGD, one point without segments
 * @param points projected states after the epoch's beginning, its end the last
 * @param segments between them, in order
 * @param traces tr H at the epoch's end; none where it was not measured
 */
record PathEpoch(
    int epoch, List<ProjectedPoint> points, List<PathSegment> segments, List<PathTrace> traces) {
  PathEpoch {
    points = List.copyOf(points);
    segments = List.copyOf(segments);
    traces = List.copyOf(traces);
  }
}
