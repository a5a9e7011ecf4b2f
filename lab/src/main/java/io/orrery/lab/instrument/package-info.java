/** Measuring devices: they read a run at chosen steps and never change it. */
@NullMarked
package io.orrery.lab.instrument;

import org.jspecify.annotations.NullMarked;
