package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Convolution;
import io.orrery.engine.graph.Draw;
import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Indexing;
import io.orrery.engine.graph.Layout;
import io.orrery.engine.graph.Leaf;
import io.orrery.engine.graph.Operation;
import io.orrery.engine.graph.Pooling;
import io.orrery.engine.graph.Product;
import io.orrery.engine.graph.Reduction;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.engine.kernel.ConvolutionSizes;
import io.orrery.engine.kernel.PoolingSizes;
import io.orrery.engine.plan.Buffer;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Storage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Fifth stage: steps become calls on the buffers that placement gave them. */
final class Lowering {
    private final LiveValues values;
    private final Demand demand;
    private final Placement placement;
    private final List<Call> calls = new ArrayList<>();

    Lowering(LiveValues values, Demand demand, Placement placement) {
        this.values = values;
        this.demand = demand;
        this.placement = placement;
    }

    /** Snapshots of old state first, then the steps, last the assignments that no step did itself. */
    List<Call> calls(List<Step> steps) {
        placement.snapshots().forEach((label, to) -> copy(stateArray(label, to.length()), to));
        steps.forEach(this::lower);
        demand.assignments().forEach((label, view) -> {
            if (!placement.inPlace().contains(label) && !Placement.isUnchanged(label, view)) {
                copy(
                        afterSnapshot(view),
                        placement
                                .storages()
                                .state(new Storage.StateArray(
                                        label, values.assignment(label).shape())));
            }
        });
        return calls;
    }

    /** Where a view is read at the end of the run: in the snapshot if its source is an old state. */
    Buffer afterSnapshot(View view) {
        if (view.source().operation() instanceof Leaf.StateValue state) {
            Buffer snapshot = placement.snapshots().get(state.label());
            if (snapshot != null) {
                return snapshot.part(view.offset(), view.length());
            }
        }
        return placement.require(view);
    }

    private Buffer stateArray(String label, int length) {
        for (Map.Entry<Value, Buffer> entry : placement.buffers().entrySet()) {
            if (entry.getKey().operation() instanceof Leaf.StateValue state
                    && state.label().equals(label)) {
                return entry.getValue();
            }
        }
        throw new IllegalStateException("no memory was placed for state " + label + " of " + length + " elements");
    }

    private void lower(Step step) {
        if (step.isImageChain()) {
            Lowering links = new Lowering(values, demand, placement);
            step.links().forEach(links::lower);
            calls.add(new Call.ImageChain(ImageChains.images(step), ImageChains.block(step), links.calls));
        } else if (step.isElementwise()) {
            calls.add(FusedProgram.of(step, demand, placement));
        } else if (step.isProductChain()) {
            calls.add(productChain(step));
        } else if (step.members().size() > 1) {
            lowerPooling(step.members());
        } else {
            lower(step.members().getFirst());
        }
    }

    private void lower(Value value) {
        List<Buffer> from =
                demand.operandsOf(value).stream().map(placement::require).toList();
        Buffer to = placement.require(View.whole(value));
        Operation operation = value.operation();
        switch (operation) {
            case Reduction.Sum sum -> sum(sum.axes().toArray(), value.input(0).shape(), from.getFirst(), to);
            case Reduction.ArgMax argMax -> {
                Shape shape = value.input(0).shape();
                int axis = argMax.axis();
                calls.add(new Call.ArgMax(shape.outer(axis), shape.size(axis), shape.inner(axis), from.getFirst(), to));
            }
            case Product product -> multiply(product, value, from, to);
            case Convolution convolution -> convolve(convolution, value, from, to);
            case Pooling pooling -> pool(pooling, value, from.getFirst(), to);
            case Layout layout -> move(layout, value, from, to);
            case Indexing indexing -> index(indexing, value, from, to);
            case Draw draw -> calls.add(new Call.Random(draw.distribution(), draw.stream(), from.getFirst(), to));
            default -> throw new IllegalStateException("not a step of its own: " + value);
        }
    }

    private void sum(int[] axes, Shape shape, Buffer from, Buffer to) {
        int first = axes[0];
        int last = axes[axes.length - 1];
        int outer = shape.outer(first);
        int inner = shape.inner(last);
        calls.add(new Call.Sum(outer, shape.count() / outer / inner, inner, from, to));
    }

    private void multiply(Product product, Value value, List<Buffer> from, Buffer to) {
        Shape left = value.input(0).shape();
        int m = value.shape().size(-2);
        int n = value.shape().size(-1);
        int k = product.innerSize(left);
        int pairs = product instanceof Product.BatchedMatmul ? left.size(0) : 1;
        calls.add(new Call.Multiply(
                pairs, m, n, k, product.transposeLeft(), product.transposeRight(), from.get(0), from.get(1), to));
    }

    private Call.ProductChain productChain(Step step) {
        Value value = step.members().getFirst();
        Product product = (Product) value.operation();
        int k = product.innerSize(value.input(0).shape());
        List<View> operands = demand.operandsOf(value);
        return new Call.ProductChain(
                value.shape().size(-2),
                value.shape().size(-1),
                k,
                product.transposeLeft(),
                placement.require(operands.get(0)),
                placement.require(operands.get(1)),
                FusedProgram.of(step, demand, placement));
    }

    private void convolve(Convolution convolution, Value value, List<Buffer> from, Buffer to) {
        Shape first = value.input(0).shape();
        Shape second = value.input(1).shape();
        Shape images = switch (convolution) {
            case Convolution.Forward _, Convolution.KernelGradient _ -> first;
            case Convolution.InputGradient _ -> value.shape();
        };
        int outputChannels = switch (convolution) {
            case Convolution.Forward _ -> value.shape().size(1);
            case Convolution.InputGradient _ -> first.size(1);
            case Convolution.KernelGradient _ -> second.size(1);
        };
        Call.ConvolutionKind kind = switch (convolution) {
            case Convolution.Forward _ -> Call.ConvolutionKind.FORWARD;
            case Convolution.InputGradient _ -> Call.ConvolutionKind.INPUT_GRADIENT;
            case Convolution.KernelGradient _ -> Call.ConvolutionKind.KERNEL_GRADIENT;
        };
        ConvolutionSizes sizes = ConvolutionSizes.of(
                images.size(0), images.size(1), images.size(2), images.size(3), outputChannels, convolution.window());
        calls.add(new Call.Convolve(kind, sizes, from.get(0), from.get(1), to));
    }

    private void pool(Pooling pooling, Value value, Buffer from, Buffer to) {
        Shape input = value.input(0).shape();
        switch (pooling) {
            case Pooling.MaximumPositions maximum ->
                calls.add(new Call.Pool(
                        Call.PoolingKind.MAXIMUM_POSITIONS, poolingSizes(input, maximum.window()), from, to));
            case Pooling.WindowSum sum ->
                calls.add(new Call.Pool(Call.PoolingKind.WINDOW_SUM, poolingSizes(input, sum.window()), from, to));
            case Pooling.WindowSpread spread ->
                calls.add(new Call.Pool(
                        Call.PoolingKind.WINDOW_SPREAD, poolingSizes(value.shape(), spread.window()), from, to));
        }
    }

    private static PoolingSizes poolingSizes(Shape images, Window window) {
        return new PoolingSizes(images.size(0) * images.size(1), images.size(2), images.size(3), window);
    }

    /** The steps that {@link PoolSteps} joined: positions, pixels and perhaps relu; or a mask and what it lets pass. */
    private void lowerPooling(List<Value> members) {
        Value last = members.getLast();
        Buffer to = placement.require(View.whole(last));
        Value positions = last.operation() instanceof Indexing.AddAlong ? last.input(1) : members.getFirst();
        Window window = ((Pooling.MaximumPositions) positions.operation()).window();
        PoolingSizes sizes = poolingSizes(positions.input(0).shape(), window);
        Buffer at = placement.require(View.whole(positions));
        if (last.operation() instanceof Indexing.AddAlong) {
            List<View> select = demand.operandsOf(members.getFirst());
            Buffer mask = placement.require(select.get(0));
            calls.add(new Call.MaximumSpread(sizes, placement.require(select.get(1)), mask, at, to));
        } else {
            Buffer from = placement.require(demand.operandsOf(positions).getFirst());
            calls.add(new Call.MaximumPool(sizes, members.size() > 2, from, at, to));
        }
    }

    private void move(Layout layout, Value value, List<Buffer> from, Buffer to) {
        Buffer first = from.getFirst();
        if (value.type() == ElementType.INDEX) {
            calls.add(new Call.CopyIndices(first, to));
            return;
        }
        Shape input = value.input(0).shape();
        Shape output = value.shape();
        switch (layout) {
            case Layout.Reshape _, Layout.HeldConstant _ -> copy(first, to);
            case Layout.Broadcast _ -> {
                int[] strides = input.isScalar() ? new int[output.rank()] : strides(input);
                for (int axis = 0; axis < input.rank(); axis++) {
                    strides[axis] = input.size(axis) == 1 ? 0 : strides[axis];
                }
                copy(output.sizes(), strides, strides(output), first, to);
            }
            case Layout.Permute permute -> {
                int[] strides = strides(input);
                int[] permuted = Arrays.stream(permute.order().toArray())
                        .map(axis -> strides[axis])
                        .toArray();
                copy(output.sizes(), permuted, strides(output), first, to);
            }
            case Layout.Slice slice ->
                copy(
                        output.sizes(),
                        strides(input),
                        strides(output),
                        corner(first, input, slice.starts().toArray()),
                        to);
            case Layout.Pad pad -> {
                calls.add(new Call.Clear(to));
                copy(
                        input.sizes(),
                        strides(input),
                        strides(output),
                        first,
                        corner(to, output, pad.before().toArray()));
            }
            case Layout.Concat concat -> {
                int[] corner = new int[output.rank()];
                for (int i = 0; i < from.size(); i++) {
                    Shape part = value.input(i).shape();
                    copy(part.sizes(), strides(part), strides(output), from.get(i), corner(to, output, corner));
                    corner[concat.axis()] += part.size(concat.axis());
                }
            }
        }
    }

    private void index(Indexing indexing, Value value, List<Buffer> from, Buffer to) {
        Shape first = value.input(0).shape();
        switch (indexing) {
            case Indexing.TakeRows _ ->
                calls.add(new Call.TakeRows(first.size(0), first.inner(0), from.get(0), from.get(1), to));
            case Indexing.AddRows add ->
                calls.add(new Call.AddRows(add.rows(), first.inner(0), from.get(0), from.get(1), to));
            case Indexing.TakeAlong take -> {
                int axis = take.axis();
                int count = value.shape().size(axis);
                calls.add(new Call.TakeAlong(
                        first.outer(axis), first.size(axis), count, first.inner(axis), from.get(0), from.get(1), to));
            }
            case Indexing.AddAlong add -> {
                int axis = add.axis();
                calls.add(new Call.AddAlong(
                        first.outer(axis),
                        add.size(),
                        first.size(axis),
                        first.inner(axis),
                        from.get(0),
                        from.get(1),
                        to));
            }
            case Indexing.OneHot oneHot -> calls.add(new Call.OneHot(oneHot.classes(), from.getFirst(), to));
            case Indexing.SameIndex _ -> calls.add(new Call.SameIndex(from.get(0), from.get(1), to));
            case Indexing.TakeIndices _ -> calls.add(new Call.TakeIndices(from.get(0), from.get(1), to));
        }
    }

    private void copy(Buffer from, Buffer to) {
        copy(new int[] {to.length()}, new int[] {1}, new int[] {1}, from, to);
    }

    private void copy(int[] sizes, int[] fromStrides, int[] toStrides, Buffer from, Buffer to) {
        calls.add(Boxes.copy(sizes, fromStrides, toStrides, from, to));
    }

    private static int[] strides(Shape shape) {
        int[] strides = new int[shape.rank()];
        for (int axis = 0; axis < strides.length; axis++) {
            strides[axis] = shape.inner(axis);
        }
        return strides;
    }

    private static Buffer corner(Buffer buffer, Shape shape, int[] corner) {
        int start = 0;
        for (int axis = 0; axis < corner.length; axis++) {
            start += corner[axis] * shape.inner(axis);
        }
        return buffer.part(start, buffer.length() - start);
    }
}
