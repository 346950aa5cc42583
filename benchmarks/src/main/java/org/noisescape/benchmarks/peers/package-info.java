/**
 * Processes that do the same work by other libraries, asked one line of JSON at a time.
 *
 * <p>A peer greets with {@code {"library": NAME}}. A request is a workload with the name of the
 * work and the number of repetitions; the answer has {@code ms}, the time of one repetition, and
 * perhaps {@code found}, numbers by name, and another {@code library}; or {@code failed}, the
 * reason; or {@code unknown}, where the peer does no such work.
 */
package org.noisescape.benchmarks.peers;
