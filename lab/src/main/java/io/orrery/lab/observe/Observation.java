package io.orrery.lab.observe;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.graph.Window;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.data.set.Targets;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.observe.reading.EvaluationReading;
import io.orrery.lab.observe.reading.GradientsReading;
import io.orrery.lab.observe.reading.InputNormsReading;
import io.orrery.lab.observe.reading.ProbeReading;
import io.orrery.lab.observe.reading.StartReading;
import io.orrery.lab.observe.reading.UpdatesReading;
import io.orrery.lab.observe.reading.WeightsReading;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.theory.bound.InputNorms;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What instruments see of a run at one step, in evaluation mode (dropout off, batch-norm statistics frozen). Everything is
 * read-only; readings that no instrument due at this step needs are not taken and asking for them is an error.
 */
public interface Observation {
    /** Updates done so far. */
    long step();

    /**
     * The first look, the last, those that a spec asks for, and of the others every tenth as far as the length of the run
     * allows: every instrument, with what is too dear for other looks.
     */
    boolean thorough();

    /** The resolved spec. */
    Spec spec();

    /** The run's seed. */
    long seed();

    /** What the targets of probes mean. */
    TargetKind target();

    /** Number of classes of the data (bits for bit labels); 0 where targets are neither. */
    default int classes() {
        return target().classes();
    }

    /** The learning rate of the next update. */
    double learningRate();

    /**
     * Sum of the learning rates of all updates done so far: the time of gradient flow, in the units of 1 / learning rate.
     * Implementations with a schedule that is not constant must give the exact sum.
     */
    default double time() {
        return step() * learningRate();
    }

    /**
     * A reading that the instrument named among its needs, taken once per look for all of them.
     *
     * @throws IllegalStateException if no instrument due named it, or if it is {@link Reading.Pace#THOROUGH} and this look is
     *     not
     */
    <T> T read(Reading<T> reading);

    /** {@link EvaluationReading}: loss and accuracy of a split; empty if the data has no such split. */
    default Optional<Evaluation> evaluation(SplitName split) {
        return Optional.ofNullable(read(new EvaluationReading()).get(split));
    }

    /** {@link WeightsReading}: the weights of each layer as the network uses them, input side first. */
    default List<LayerWeights> weights() {
        return read(new WeightsReading());
    }

    /** {@link StartReading}: where training began; empty where it is not known, as for weights that were trained elsewhere. */
    default Optional<Start> start() {
        return read(new StartReading());
    }

    /** {@link ProbeReading}: features and outputs on the probe set of a split; empty if the data has no such split. */
    default Optional<Probe> probe(SplitName split) {
        return read(new ProbeReading(split));
    }

    /** {@link InputNormsReading}: norms of the whole training split's inputs, the same at every step. */
    default InputNorms inputNorms() {
        return read(new InputNormsReading());
    }

    /** Gram matrices and spans of this observation's matrices, shared by all instruments. */
    default Derived derived() {
        return Derived.empty();
    }

    /** {@link GradientsReading}: gradients of the objective, full and across mini-batches. */
    default Gradients gradients() {
        return read(new GradientsReading());
    }

    /** {@link UpdatesReading}: what the updates of one epoch would be from here. */
    default Updates updates() {
        return read(new UpdatesReading());
    }

    /**
     * Where training began.
     *
     * @param weights as {@link Observation#weights}
     * @param rho product of the layers' Frobenius norms (times the scale under frobenius normalization)
     */
    record Start(List<LayerWeights> weights, double rho) {}

    /**
     * Loss and accuracy.
     *
     * @param loss mean data loss in the convention of the spec, in evaluation mode
     * @param objective loss plus the decay term
     * @param accuracy fraction of labels, or of marked positions, that are answered right; empty where nothing is right or wrong
     * @param whole fraction of examples that are answered right at all their marked positions; empty but for tokens
     * @param examples how many examples were looked at
     */
    record Evaluation(double loss, double objective, OptionalDouble accuracy, OptionalDouble whole, int examples) {
        /** Of labels. */
        public Evaluation(double loss, double objective, double accuracy, int examples) {
            this(loss, objective, OptionalDouble.of(accuracy), OptionalDouble.empty(), examples);
        }
    }

    /**
     * Weights of one layer.
     *
     * @param name the parameter's name without its suffix, such as layers.0
     * @param matrix [outputs, inputs]; convolution kernels as [output channels, input channels * ky * kx]; under frobenius
     *     normalization V_k on the unit sphere, the last layer too (rho apart)
     * @param kind what the matrix is applied to
     * @param positions output positions at which a kernel or matrix is applied (1 for dense layers)
     * @param kernelArea ky * kx (1 for dense layers)
     * @param bias one number per output (or per element of a locally connected layer's output); empty without a bias
     * @param sliding how a kernel slides; empty for dense and positionwise layers
     */
    record LayerWeights(
            String name,
            Matrix matrix,
            WeightLayer.Kind kind,
            int positions,
            int kernelArea,
            double[] bias,
            Optional<Sliding> sliding) {
        /** A layer without a bias, whose kernel is not slid. */
        public LayerWeights(String name, Matrix matrix, WeightLayer.Kind kind, int positions, int kernelArea) {
            this(name, matrix, kind, positions, kernelArea, new double[0], Optional.empty());
        }
    }

    /**
     * How a kernel slides over what enters a layer.
     *
     * @param input [channels, height, width] of what enters
     */
    record Sliding(Shape input, Window window) {}

    /**
     * What the network does with the probe examples.
     *
     * @param targets one row per example
     * @param inputs the examples [n, features]
     * @param layers activations in forward order, the last being the input of the last weight layer
     * @param outputs [n, outputs]; under frobenius normalization g = rho f
     * @param homogeneous whether g is positively homogeneous in each layer's weights (ReLU or linear, no bias, no batch norm)
     * @param rho product of the layers' Frobenius norms (times the scale under frobenius normalization)
     */
    record Probe(
            Targets targets, Matrix inputs, List<Features> layers, Matrix outputs, boolean homogeneous, double rho) {
        /** Examples with one whole number each. */
        public Probe(
                int[] labels, Matrix inputs, List<Features> layers, Matrix outputs, boolean homogeneous, double rho) {
            this(Targets.of(labels), inputs, layers, outputs, homogeneous, rho);
        }

        /** One whole number per example, see {@link Targets#labels}. */
        public int[] labels() {
            return targets.labels();
        }
    }

    /** Activations [n, p] that enter the weight layer after them; named by the layer that produced them. */
    record Features(String name, Matrix activations) {}

    /**
     * Gradients of the objective with respect to all trained parameters.
     *
     * @param fullNorm norm of the gradient over the probe of the training split, decay included
     * @param batchVariance mean squared distance of a batch gradient from the gradient of the whole training set,
     *     estimated without bias; 0 if there are fewer than two batches
     * @param batches how many batches of the spec's size
     * @param layers per weight layer: name and norm of the full gradient, and the decay gradient's norm
     */
    record Gradients(double fullNorm, double batchVariance, int batches, List<LayerGradient> layers) {}

    /**
     * Gradients of the objective over the batches of one epoch, all at the present parameters, with respect to all trained
     * ones; under frobenius normalization those of V_k tangent to the sphere.
     *
     * @param meanNorm mean over batches of the norm of the gradient, decay included: ||update|| / learning rate of SGD without
     *     momentum
     * @param exampleVariance v1 = mean over examples of ||g_n - mean of g||^2, g_n the gradient of one example's loss
     * @param batches how many batches
     * @param examples how many examples: the whole training set up to 2,000, else its probe
     */
    record Updates(double meanNorm, double exampleVariance, int batches, int examples) {}

    /**
     * The gradient of the data loss of one layer over the training probe.
     *
     * @param matrix [outputs, inputs], with respect to the weights as the network uses them, decay not included; under
     *     frobenius normalization its part tangent to the sphere
     * @param decay factor d of the decay gradient d * W (2 lambda for the squared-norm convention)
     */
    record LayerGradient(String name, Matrix matrix, double decay) {}
}
