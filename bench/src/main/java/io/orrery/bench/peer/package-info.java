/** Other frameworks doing the same work. */
@NullMarked
package io.orrery.bench.peer;

import org.jspecify.annotations.NullMarked;
