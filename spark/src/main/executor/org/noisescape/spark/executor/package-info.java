/**
 * What runs within Spark's executors: a cell as a child process, in a folder of its own that is
 * brought from the driver and goes back to it.
 *
 * <p>Compiled for Java 17, the oldest that Spark 4 runs on, so that an executor of an older Java
 * than cells need can say so. Classes here know the JDK and Spark only, and what they say to the
 * driver ({@link org.noisescape.spark.executor.DriverLink}) is made of the JDK's types, since
 * Spark's messages are read by its own class loader.
 *
 * @since 0.3
 */
package org.noisescape.spark.executor;
