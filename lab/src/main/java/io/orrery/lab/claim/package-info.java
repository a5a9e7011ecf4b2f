/** Predictions of the literature that can be run, judged and refuted: one file each, all named in {@link Claims}. */
@NullMarked
package io.orrery.lab.claim;

import org.jspecify.annotations.NullMarked;
