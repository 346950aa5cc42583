/**
 * What users can name, built in or found on the class path.
 *
 * <p>A {@link org.noisescape.registry.Registry} holds one kind: the built-in entries, then those
 * that a file {@code META-INF/services/SERVICE} names, in the order in which ServiceLoader finds
 * them. An entry says what it is by {@link org.noisescape.registry.Named}, or has a name of its
 * own.
 *
 * <p>Imports nothing of this project.
 *
 * @since 0.1
 */
package org.noisescape.registry;
