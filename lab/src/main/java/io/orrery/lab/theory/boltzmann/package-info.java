/** Networks that are energies: what they say of patterns, exactly where that can be summed, and how they learn. */
@NullMarked
package io.orrery.lab.theory.boltzmann;

import org.jspecify.annotations.NullMarked;
