/**
 * What can be measured at one θ of one replica, by name.
 *
 * <p>{@link org.noisescape.quantities.Quantity} is the table of names; each entry has a {@link
 * org.noisescape.quantities.Measure}, which turns a {@link org.noisescape.quantities.Point} into an
 * {@link org.noisescape.quantities.Finding}. A point owns the work that several quantities share,
 * and its {@link org.noisescape.quantities.Ledger} says what each of them would have cost alone.
 * Nothing here reads files or prints.
 *
 * @since 0.1
 */
package org.noisescape.quantities;
