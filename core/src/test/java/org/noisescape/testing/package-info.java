/**
 * What the tests of networks, objectives and training share: engines, sample sources, passes of a
 * network, and bounds on rounding errors. Imported by tests only.
 */
package org.noisescape.testing;
