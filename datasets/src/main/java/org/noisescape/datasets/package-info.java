/**
 * Data sets as flat rows of numbers with labels, and the catalogue that finds, checks and fetches
 * them.
 *
 * <p>{@link org.noisescape.datasets.Catalogue} is the way in. Everything a user can get wrong is a
 * {@link org.noisescape.datasets.DataException} of one line. Imports {@code random} of core only;
 * nothing here reads the environment, {@link org.noisescape.datasets.DataLocation} is built by the
 * caller.
 *
 * @since 0.1
 */
package org.noisescape.datasets;
