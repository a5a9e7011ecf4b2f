package io.orrery.lab.theory.bound;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What bounds are computed from: the layers of a network in forward order, the norms of its training inputs, and how many
 * outputs it tells classes apart with. Spectral norms are computed when first asked for, once. Not safe for several threads.
 */
public final class BoundInput {
    private final List<BoundLayer> layers;
    private final InputNorms data;
    private final int outputs;
    private final double[] spectral;

    /**
     * A network and its training inputs.
     *
     * @param outputs k: one per class, or 1 for a single output whose sign decides
     */
    public BoundInput(List<BoundLayer> layers, InputNorms data, int outputs) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs a layer");
        }
        this.layers = List.copyOf(layers);
        this.data = data;
        this.outputs = outputs;
        this.spectral = new double[layers.size()];
        Arrays.fill(spectral, Double.NaN);
    }

    /** The layers in forward order. */
    public List<BoundLayer> layers() {
        return layers;
    }

    /** Norms of the training inputs. */
    public InputNorms data() {
        return data;
    }

    /** k: one per class, or 1 for a single output. */
    public int outputs() {
        return outputs;
    }

    /** Number of layers L. */
    public int depth() {
        return layers.size();
    }

    /** Number of training examples n. */
    public int examples() {
        return data.examples();
    }

    /** Spectral norm of a layer's map, or an upper bound of it ({@link BoundLayer#spectral}). */
    public double spectral(int layer) {
        if (Double.isNaN(spectral[layer])) {
            spectral[layer] = layers.get(layer).spectral();
        }
        return spectral[layer];
    }

    /** A layer's spectral norm times the Lipschitz constant of its activation. */
    public double lipschitz(int layer) {
        return layers.get(layer).lipschitz() * spectral(layer);
    }

    /** The product of all {@link #lipschitz}. */
    public double lipschitzProduct() {
        double product = 1;
        for (int layer = 0; layer < depth(); layer++) {
            product *= lipschitz(layer);
        }
        return product;
    }

    /** The product of a norm over all layers. */
    public double product(ToDoubleFunction<BoundLayer> norm) {
        double product = 1;
        for (BoundLayer layer : layers) {
            product *= norm.applyAsDouble(layer);
        }
        return product;
    }

    /** Numbers that enter a layer (before averages over windows, where there are any between two layers). */
    public int inputs(int layer) {
        BoundLayer it = layers.get(layer);
        if (it.kind() == BoundLayer.Kind.DENSE) {
            return it.weight().columns();
        }
        return layer == 0 ? data.features() : layers.get(layer - 1).outputs();
    }

    /** The most numbers in any layer's output. */
    public int width() {
        return layers.stream().mapToInt(BoundLayer::outputs).max().orElseThrow();
    }

    /**
     * How many locations of the layer before an output location of a layer looks at: the kernel's pixels, or for a dense layer
     * all the locations that it flattens. Examples that enter a dense layer are one location.
     */
    public int degree(int layer) {
        BoundLayer it = layers.get(layer);
        if (it.kind() != BoundLayer.Kind.DENSE) {
            return it.area();
        }
        return layer == 0 ? 1 : it.weight().columns() / layers.get(layer - 1).channels();
    }

    /** max_j sum_i ||z_j(x_i)||^2 over input locations: pixels, or whole examples where the first layer is dense. */
    public double largestLocation() {
        return layers.getFirst().kind() == BoundLayer.Kind.DENSE
                ? data.frobenius() * data.frobenius()
                : data.largestLocation();
    }
}
