/** From a graph to a list of kernel calls on one arena, and its execution. */
@NullMarked
package io.orrery.engine.plan;

import org.jspecify.annotations.NullMarked;
