/**
 * What all experiments share: the request and its run folder, settings, stages that are kept,
 * tables and named measurements, the outcome.
 *
 * <p>An experiment is one class over {@code Experiment}; nothing in here knows one of them.
 *
 * @since 0.1
 */
package org.noisescape.experiments.frame;
