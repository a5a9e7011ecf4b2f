/** When training may end. */
@NullMarked
package io.orrery.lab.claim.stopping;

import org.jspecify.annotations.NullMarked;
