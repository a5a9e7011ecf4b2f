/** Claims on the scale of the weights, rho: its equilibrium, its memory and what it decides. One file each. */
@NullMarked
package io.orrery.lab.claim.rho;

import org.jspecify.annotations.NullMarked;
