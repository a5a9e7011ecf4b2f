/** How signals and gradients travel through random networks, in the limit of many units and beside it. */
@NullMarked
package io.orrery.lab.theory.signal;

import org.jspecify.annotations.NullMarked;
