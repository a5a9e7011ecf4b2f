/** Claims on generalization and norm-based bounds, one file each. */
@NullMarked
package io.orrery.lab.claim.bounds;

import org.jspecify.annotations.NullMarked;
