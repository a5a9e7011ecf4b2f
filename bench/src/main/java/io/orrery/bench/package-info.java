/** The engine side by side with its peers, interleaved in one process. */
@NullMarked
package io.orrery.bench;

import org.jspecify.annotations.NullMarked;
