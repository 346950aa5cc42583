package org.noisescape.nn;

import java.util.List;
import org.noisescape.registry.Named;

/** An architecture that users can name; found by ServiceLoader. */
public interface ModelProvider extends Named {
  /**
   * Builds the network.
   *
   * @param specification as users wrote it, which is the network's name: the name, with what
   *     follows after a colon
   * @param image (channels, height, width) of a sample; features have height = width = 1
   * @param outputs K
   * @throws IllegalArgumentException in one line where arguments or shapes make no sense
   */
  Network build(String specification, int[] image, int outputs);

  /**
   * The specification without what lies in other files, so that a run does not depend on them.
   *
   * @throws IllegalArgumentException in one line where a file cannot be read
   */
  default String resolve(String specification) {
    return specification;
  }

  /** What users should know of how a file was read, a line each; nothing where all was taken. */
  default List<String> notes(String specification) {
    return List.of();
  }
}
