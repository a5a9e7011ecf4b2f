/** Claims on Boltzmann machines and networks that are stacked from them. */
@NullMarked
package io.orrery.lab.claim.boltzmann;

import org.jspecify.annotations.NullMarked;
