/**
 * From a graph to a plan. {@link io.orrery.engine.plan.compile.Compiler} runs the stages in this order, each a small class whose
 * result is the next one's input:
 *
 * <pre>
 * Graph
 *   | LiveValues  live nodes only; equal ones merged, scalar constants folded, sums split into runs of axes
 *   |             ({@code PooledRelu} moves a relu behind the max pooling that follows it)
 *   | Demand      which values are computed at all, and how each reads its operands: reshapes, contiguous slices and
 *   |             (for elementwise readers) broadcasts are {@code View}s of somebody else's memory
 *   | Fusion      elementwise values of equal length joined into {@code Step}s, the steps put in order
 *   |             ({@code PoolSteps} joins those of a max pooling, {@code ProductChains} hands products to their chains,
 *   |             {@code ImageChains} joins what is done image by image)
 *   | Placement   a buffer for every value that leaves its step: in the arena by liveness, in an operand's memory, or
 *   |             straight in the state array that it is assigned to; local ones for what a step's calls pass on
 *   | Lowering    each step becomes a {@code Call}: a kernel and its buffers ({@code FusedProgram},
 *   |             {@code ScaledSums} and {@code Descents} write the programs of fused steps)
 * Plan            calls, storages, outputs: data only, of no precision
 * </pre>
 *
 * <p>Every rewrite leaves all bits as they are: none adds an fma that the graph lacks, none changes the order of a sum.
 * {@link io.orrery.engine.plan.compile.Rewrites} switches them off one by one or all at once (every node its own call and its own
 * memory), and tests hold each way against the others.
 */
@NullMarked
package io.orrery.engine.plan.compile;

import org.jspecify.annotations.NullMarked;
