/** What instruments see: observations of a run and how they are computed, without any way to change the run. */
@NullMarked
package io.orrery.lab.observe;

import org.jspecify.annotations.NullMarked;
