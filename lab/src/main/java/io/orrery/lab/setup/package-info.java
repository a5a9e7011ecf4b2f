/** What a run depends on, as records: the spec, its checks, its text, the grid of runs that it asks for, and their ids. */
@NullMarked
package io.orrery.lab.setup;

import org.jspecify.annotations.NullMarked;
