/** Sizes of what layers give out. */
@NullMarked
package io.orrery.lab.theory.shape;

import org.jspecify.annotations.NullMarked;
