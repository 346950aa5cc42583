package org.noisescape.benchmarks.records;

/**
 * Ours over a library's fastest way of each round.
 *
 * @param library name and version
 * @param ratio below 1 where ours is faster
 */
public record LibraryRatio(String library, MedianRange ratio) {}
