package org.noisescape.quantities;

/**
 * Something that can be measured at one θ.
 *
 * @param name as users write it
 * @param description one line; speaks of K where there is an argument
 * @param preset the argument where users give none; 0 for quantities without one
 * @param measure how
 * @param use where it makes sense
 */
public record Quantity(String name, String description, int preset, Measure measure, Use use) {
  /** Where a quantity makes sense. */
  public enum Use {
    /** At a checkpoint only. */
    CHECKPOINT,
    /** At a checkpoint, and as columns of the metrics of a run. */
    EVERYWHERE
  }

  /** Whether it takes an argument K. */
  public boolean takesArgument() {
    return preset > 0;
  }

  /** Key in JSON and beginning of the names of columns. */
  public String key() {
    return name.replace('-', '_');
  }

  /** The name with its argument, for lists: {@code hessian-top:K}. */
  public String usage() {
    return takesArgument() ? name + ":K" : name;
  }

  /** The description with the preset argument. */
  public String help() {
    return takesArgument() ? description + " (K = " + preset + " unless given)" : description;
  }
}
