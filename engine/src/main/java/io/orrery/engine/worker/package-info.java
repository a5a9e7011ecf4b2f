/** Threads that share the output of one kernel call. */
@NullMarked
package io.orrery.engine.worker;

import org.jspecify.annotations.NullMarked;
