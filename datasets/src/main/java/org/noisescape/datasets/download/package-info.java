/**
 * Fetching archives over HTTP so that nothing half-written is ever taken for good: mirrors, resume,
 * digests, locks, atomic moves.
 *
 * <p>Knows files, sizes and digests, not data sets.
 *
 * @since 0.1
 */
package org.noisescape.datasets.download;
