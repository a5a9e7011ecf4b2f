/** Static graphs of array operations: shapes are checked while a graph is built, nothing is computed here. */
@NullMarked
package io.orrery.engine.graph;

import org.jspecify.annotations.NullMarked;
