/** How networks are trained: losses, batches, decay, optimizers, schedules and stop rules. */
@NullMarked
package io.orrery.lab.train;

import org.jspecify.annotations.NullMarked;
