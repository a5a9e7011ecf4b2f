package io.orrery.lab.instrument.collapse;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.Emitter;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.observe.Observation;
import io.orrery.lab.observe.Observation.LayerWeights;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Thinning;
import io.orrery.lab.observe.figure.AxisScale;
import io.orrery.lab.observe.figure.Curves;
import io.orrery.lab.observe.figure.Figures;
import io.orrery.lab.observe.figure.VectorEntries;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.theory.collapse.LayerBalance;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How equal neighbouring layers are in size, each reading under the name of the lower layer (core theory, 2.13, 2.14 and
 * prediction P12b; Du, Hu and Lee 2018). {@code difference} = ||W_k||^2 - ||W_(k+1)||^2. For dense neighbours also {@code units},
 * ||row i of W_k||^2 - ||column i of W_(k+1)||^2 of each unit between them (up to 1,024), and {@code matrices}, ||W_(k+1)^T W_(k+1) -
 * W_k W_k^T|| / ||W_k W_k^T||, for linear networks. Under gradient flow with decay the first two fall as exp(-4 lambda t)
 * in homogeneous networks. Nothing is read under frobenius normalization, where all layers have norm 1, or where a layer
 * holds several matrices (residual blocks, attention, recurrent layers), which need not follow each other in the network.
 */
@Serves("001-07")
public final class BalanceInstrument implements Instrument {
    private static final int MOST_UNITS = 1024;

    @Override
    public String name() {
        return "balance";
    }

    @Override
    public String about() {
        return "differences of squared norms of neighbouring layers and units, which decay alone evens out";
    }

    @Override
    public List<String> quantities() {
        return List.of("difference", "units", "matrices");
    }

    @Override
    public Figures figures() {
        return Figures.of(
                "Balance of neighbouring layers",
                Curves.of(
                        "Difference of squared norms",
                        "‖W_k‖² − ‖W_(k+1)‖², under the name of the lower layer. In homogeneous networks gradient flow with decay evens it out as exp(−4λt).",
                        AxisScale.LINEAR,
                        "difference"),
                Curves.of(
                        "Imbalance as matrices",
                        "‖W_(k+1)ᵀW_(k+1) − W_k W_kᵀ‖ / ‖W_k W_kᵀ‖: for linear networks.",
                        AxisScale.AUTO,
                        "matrices"),
                VectorEntries.of(
                        "Differences unit by unit",
                        "Squared norm of a unit's incoming weights less that of its outgoing ones.",
                        "units"));
    }

    @Override
    public Set<Reading<?>> needs() {
        return Set.of(new WeightsReading());
    }

    @Override
    public void observe(Observation observation, Consumer<Measurement> measurements) {
        List<LayerWeights> layers = observation.weights();
        ModelSpec model = observation.spec().model();
        if (!isChain(model) || model.normalization() == Normalization.FROBENIUS) {
            return;
        }
        Emitter emitter = new Emitter(observation, this, measurements);
        for (int k = 0; k + 1 < layers.size(); k++) {
            String name = layers.get(k).name();
            Matrix lower = layers.get(k).matrix();
            Matrix upper = layers.get(k + 1).matrix();
            emitter.number("difference", name, "", Products.squaredNorm(lower) - Products.squaredNorm(upper));
            boolean dense = layers.get(k).kind() == WeightLayer.Kind.DENSE
                    && layers.get(k + 1).kind() == WeightLayer.Kind.DENSE;
            if (dense && lower.rows() <= MOST_UNITS) {
                emitter.vector("units", name, "", LayerBalance.unitGaps(lower, upper));
            }
            double flops = (double) lower.rows() * lower.rows() * (lower.columns() + upper.rows());
            if (dense && Thinning.due(observation, flops)) {
                emitter.number("matrices", name, "", LayerBalance.linearImbalance(lower, upper));
            }
        }
    }

    /** Whether weight matrices that follow each other in the list do so in the network. */
    private static boolean isChain(ModelSpec model) {
        // What layers there are does not depend on the sizes of examples and outputs.
        return model.architecture().layers(Shape.SCALAR, 1).stream()
                .allMatch(layer -> layer.singleProduct() || !layer.weighted());
    }
}
