/** Derivatives of graphs as further nodes of the same graph; one rule per operation. */
@NullMarked
package io.orrery.engine.gradient;

import org.jspecify.annotations.NullMarked;
