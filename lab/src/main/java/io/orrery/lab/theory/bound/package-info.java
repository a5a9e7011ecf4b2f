/** Generalization bounds as pure functions of weights, norms of the training inputs and margins. */
@NullMarked
package io.orrery.lab.theory.bound;

import org.jspecify.annotations.NullMarked;
