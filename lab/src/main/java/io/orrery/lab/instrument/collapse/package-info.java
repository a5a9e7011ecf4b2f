/** Instruments of neural collapse and low rank. */
@NullMarked
package io.orrery.lab.instrument.collapse;

import org.jspecify.annotations.NullMarked;
