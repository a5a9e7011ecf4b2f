/** Kinds of layers, one file each: settings, sizes, what it does to a batch, and what theory may assume of it. */
@NullMarked
package io.orrery.lab.model.layer;

import org.jspecify.annotations.NullMarked;
