/** Instruments of generalization: margins and norm-based bounds. */
@NullMarked
package io.orrery.lab.instrument.bounds;

import org.jspecify.annotations.NullMarked;
