/** Small linear algebra and statistics in double precision, single-threaded, the same on every machine. */
@NullMarked
package io.orrery.lab.math;

import org.jspecify.annotations.NullMarked;
