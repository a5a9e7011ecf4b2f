/** What runs plans: the seam between what is to be computed and where. */
@NullMarked
package io.orrery.engine.device;

import org.jspecify.annotations.NullMarked;
