/** One run: the trainer, its loop, when it is looked at, and what that costs. */
@NullMarked
package io.orrery.lab.run;

import org.jspecify.annotations.NullMarked;
