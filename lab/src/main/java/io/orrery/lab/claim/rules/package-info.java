/** Claims on what a step of training does: noise, feedback, losses and norms other than those of plain descent. One file each. */
@NullMarked
package io.orrery.lab.claim.rules;

import org.jspecify.annotations.NullMarked;
