/** Losses, optimizers, schedules, stop rules and the trainer. */
@NullMarked
package io.orrery.lab.train;

import org.jspecify.annotations.NullMarked;
