/** Claims on how signals and gradients travel through random networks, before any training. */
@NullMarked
package io.orrery.lab.claim.signal;

import org.jspecify.annotations.NullMarked;
