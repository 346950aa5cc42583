/** {@code mori/decoupling}: losses and output gradients of the samples decouple. */
package org.noisescape.experiments.mori.decoupling;
