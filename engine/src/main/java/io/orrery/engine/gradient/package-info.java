/**
 * Derivatives of graphs as further nodes of the same graph. {@code GradientRules} is the table: one rule per operation,
 * in the file of its family. To add an operation to the graph, add its rule there; the compiler points at the gap.
 */
@NullMarked
package io.orrery.engine.gradient;

import org.jspecify.annotations.NullMarked;
