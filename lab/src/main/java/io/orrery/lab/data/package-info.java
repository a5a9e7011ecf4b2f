/** What a spec says of its data, and what becomes of examples between their source and a run. */
@NullMarked
package io.orrery.lab.data;

import org.jspecify.annotations.NullMarked;
