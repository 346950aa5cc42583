/**
 * The command line: a class a command, each turning options into a call of {@code runs}, {@code
 * experiments} or {@code datasets} and printing what comes back.
 *
 * <p>{@link org.noisescape.cli.Main} is the entry. Standard output is for results, standard error
 * for progress and errors. Exit codes: 0 fine, 1 a run that failed or diverged, 2 wrong use.
 *
 * @since 0.1
 */
package org.noisescape.cli;
