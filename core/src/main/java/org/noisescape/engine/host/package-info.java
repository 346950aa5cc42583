/**
 * The CPU engine: its own memory, OpenBLAS and oneDNN called on it directly, everything pointwise
 * by the Vector API.
 *
 * <p>Memory is addressed by raw addresses (see {@link org.noisescape.engine.host.Native}); bounds
 * are checked by the shape checks of the {@code tensor} package and nowhere else. Parallel loops
 * run on {@link org.noisescape.engine.host.Workers} with tasks that are made once, so that a step
 * allocates nothing; each element is computed the same way on any number of threads. Imported by
 * nobody.
 *
 * @since 0.1
 */
package org.noisescape.engine.host;
