/**
 * Update rules: pure functions of (gradient, state, θ, key) that chain.
 *
 * <p>A rule turns the gradient g into a direction u, in place; after the last rule the optimizer
 * takes the step θ ← θ − η u. Noise rules add to the gradient, so that a gradient noise of variance
 * λ moves θ with variance η²λ, as in Meng et al. (2020), Eqs. 13 and 14. A new rule is one new file
 * that implements {@link org.noisescape.optim.UpdateRule} and its line in {@link
 * org.noisescape.optim.Optimizers}. Knows nothing of networks.
 *
 * @since 0.1
 */
package org.noisescape.optim;
