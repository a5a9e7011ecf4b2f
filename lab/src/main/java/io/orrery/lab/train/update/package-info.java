/** How parameters move along given directions: updates with their memory, and decay. */
@NullMarked
package io.orrery.lab.train.update;

import org.jspecify.annotations.NullMarked;
