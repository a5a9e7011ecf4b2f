/** Claims on training on one task after another: forgetting, transfer, the loss of the power to learn. */
@NullMarked
package io.orrery.lab.claim.continual;

import org.jspecify.annotations.NullMarked;
