/** Evidence that is computed, not trained: pure functions of a seed and a setting, kept in the lab book. */
@NullMarked
package io.orrery.lab.compute;

import org.jspecify.annotations.NullMarked;
