/** Data sets: sources, splits and transforms. */
@NullMarked
package io.orrery.lab.data;

import org.jspecify.annotations.NullMarked;
