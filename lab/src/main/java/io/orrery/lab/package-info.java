/** Science: data, models, training, instruments, theory and the lab book. Knows nothing of terminals or browsers. */
@NullMarked
package io.orrery.lab;

import org.jspecify.annotations.NullMarked;
