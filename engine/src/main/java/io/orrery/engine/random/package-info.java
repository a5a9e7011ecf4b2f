/** Counter-based random numbers: a value depends on (seed, stream, step, index) and on nothing else. */
@NullMarked
package io.orrery.engine.random;

import org.jspecify.annotations.NullMarked;
