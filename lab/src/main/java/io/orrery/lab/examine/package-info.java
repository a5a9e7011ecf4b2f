/** Evidence that compares networks which were trained: pure functions of the states of runs, kept in the lab book. */
@NullMarked
package io.orrery.lab.examine;

import org.jspecify.annotations.NullMarked;
