/** Named arrays that outlive a plan: parameters, optimizer memory, statistics. */
@NullMarked
package io.orrery.engine.state;

import org.jspecify.annotations.NullMarked;
