/** Losses, one for each kind of target, as graphs of the examples' outputs. */
@NullMarked
package io.orrery.lab.train.loss;

import org.jspecify.annotations.NullMarked;
