/**
 * The driver's side: a job of Spark whose tasks are cells, and what answers their executors.
 *
 * <p>Loaded with Spark's classes by a loader of their own ({@link
 * org.noisescape.spark.SparkLoader}).
 *
 * @since 0.3
 */
package org.noisescape.spark.driver;
