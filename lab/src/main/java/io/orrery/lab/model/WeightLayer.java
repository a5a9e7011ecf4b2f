package io.orrery.lab.model;

import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.model.ModelSpec.Initialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A layer with a weight, and its sizes.
 *
 * @param name such as layers.0
 * @param input shape of one example that enters; [features] for dense layers, [positions, features] of sequences
 * @param output shape of what comes out for one example
 * @param window how the kernel slides; a single cell for dense layers
 * @param weight the weight, or its direction under weight normalization: [out, in], [out, in, ky, kx] or, for local
 *     layers, [positions, out, in * ky * kx]
 * @param initialization how the weight starts where that is not the spec's to say
 * @param magnitude the norms of the rows under weight normalization
 * @param activated whether the activation (and before it batch normalization) and dropout follow
 */
public record WeightLayer(
        String name,
        Kind kind,
        Shape input,
        Shape output,
        Window window,
        Parameter weight,
        Optional<Initialization> initialization,
        Optional<Parameter> magnitude,
        Optional<Parameter> bias,
        Optional<BatchNormalization> normalization,
        boolean activated)
        implements Block {

    /**
     * What a weight is applied to: all of the input, patches with one kernel or with one for each position, or each position of a
     * sequence.
     */
    public enum Kind {
        DENSE,
        CONVOLUTION,
        LOCAL,
        POSITIONWISE
    }

    /** The same layer, whose weight starts in a way of its own. */
    public WeightLayer starting(Initialization how) {
        return new WeightLayer(
                name, kind, input, output, window, weight, Optional.of(how), magnitude, bias, normalization, activated);
    }

    /** Whether the weight is applied as a matrix to vectors: to one of each example, or to one at each position. */
    public boolean matrix() {
        return kind == Kind.DENSE || kind == Kind.POSITIONWISE;
    }

    @Override
    public Node apply(Node x, ForwardPass pass) {
        Node result = pass.weighted(this, x);
        pass.produced(name);
        return result;
    }

    @Override
    public List<WeightLayer> layers() {
        return List.of(this);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        magnitude.ifPresent(parameters::add);
        parameters.add(weight);
        bias.ifPresent(parameters::add);
        normalization.ifPresent(norm -> parameters.addAll(List.of(norm.gain(), norm.shift())));
        return parameters;
    }

    /** Rows of the weight as a matrix: outputs, for local layers one set per position. */
    public int rows() {
        return kind == Kind.LOCAL
                ? weight.shape().size(0) * weight.shape().size(1)
                : weight.shape().size(0);
    }

    /** Columns of the weight as a matrix. */
    public int columns() {
        return weight.shape().count() / rows();
    }

    /** Positions at which a kernel or matrix is applied; 1 for dense layers. */
    public int positions() {
        return switch (kind) {
            case DENSE -> 1;
            case CONVOLUTION, LOCAL -> output.size(1) * output.size(2);
            case POSITIONWISE -> output.size(0);
        };
    }

    /** Pixels of the kernel; 1 for dense layers. */
    public int kernelArea() {
        return window.kernelY() * window.kernelX();
    }

    /** Number of matrix rows that share one normalization: the axes after these are a row. */
    int rowAxes() {
        return kind == Kind.LOCAL ? 2 : 1;
    }
}
