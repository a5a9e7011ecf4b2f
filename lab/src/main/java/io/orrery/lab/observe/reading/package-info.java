/** What instruments may need of a run: one record for each reading, and the plans that read. */
@NullMarked
package io.orrery.lab.observe.reading;

import org.jspecify.annotations.NullMarked;
