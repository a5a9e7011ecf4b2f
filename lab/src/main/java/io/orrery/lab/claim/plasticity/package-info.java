/** Claims on the ability to go on learning: what training does to it, and what keeps it. */
@NullMarked
package io.orrery.lab.claim.plasticity;

import org.jspecify.annotations.NullMarked;
