package org.noisescape.experiments.frame;

/**
 * What an experiment is called.
 *
 * @param id name as users write it, {@code text/subject}
 * @param title what it shows, in one line
 * @param source the text and figure it reproduces
 */
public record Identity(String id, String title, String source) {}
