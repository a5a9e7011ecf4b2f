/** A grid of runs from one spec, spread over the cores. */
@NullMarked
package io.orrery.lab.study;

import org.jspecify.annotations.NullMarked;
