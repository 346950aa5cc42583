/**
 * What a user adds, in a package of the user's own: a layer with parameters, an activation, an
 * initialisation, a loss, an update rule with a purpose of its own. The tests of {@code
 * org.noisescape.nn} check the layers by the oracles of all others, {@link example.OpennessTest}
 * the rest.
 */
package example;
