/** Claims on generalization that comes long after fitting. */
@NullMarked
package io.orrery.lab.claim.grokking;

import org.jspecify.annotations.NullMarked;
