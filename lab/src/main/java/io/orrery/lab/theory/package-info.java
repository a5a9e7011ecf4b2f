/** Pure functions from numbers to numbers, each with its source. */
@NullMarked
package io.orrery.lab.theory;

import org.jspecify.annotations.NullMarked;
