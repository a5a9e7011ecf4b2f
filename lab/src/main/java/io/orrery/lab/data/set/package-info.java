/** A data set in memory: its splits, their inputs and targets, and how examples are chosen of it. */
@NullMarked
package io.orrery.lab.data.set;

import org.jspecify.annotations.NullMarked;
