/** Networks whose weights are written down and not trained, in whole numbers without rounding. */
@NullMarked
package io.orrery.lab.theory.memorization;

import org.jspecify.annotations.NullMarked;
