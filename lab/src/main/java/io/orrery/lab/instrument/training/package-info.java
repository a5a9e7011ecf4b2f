/** Instruments of training itself: loss, gradients, updates, norms, distances. */
@NullMarked
package io.orrery.lab.instrument.training;

import org.jspecify.annotations.NullMarked;
