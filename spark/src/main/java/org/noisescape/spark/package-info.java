/**
 * Apache Spark as a place for cells: {@code --on spark:MASTER}.
 *
 * <p>Spark brings 120 libraries, Jackson and logging of its own versions among them. They are
 * loaded by a loader of their own ({@link org.noisescape.spark.SparkLoader}), from {@code
 * SPARK_HOME} where that is set, so that the program's class path is as it is without them, and the
 * driver is of the cluster's version.
 *
 * @since 0.3
 */
package org.noisescape.spark;
