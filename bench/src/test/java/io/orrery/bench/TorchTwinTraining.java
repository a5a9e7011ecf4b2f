package io.orrery.bench;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.state.State;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.update.OptimizerSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The training of a spec in libtorch, by the right column of docs/conventions.md. Weights decay, nothing else, unless the
 * spec says all: two optimizers stand for PyTorch's two parameter groups.
 */
final class TorchTwinTraining {
    private final Spec spec;
    private final Dataset data;
    private final Tensor inputs;
    private final TorchTwin twin;
    private final List<Tensor> decaying = new ArrayList<>();
    private final List<Tensor> others = new ArrayList<>();
    private final double weightDecay;
    private final Rated decayingOptimizer;
    private final Rated otherOptimizer;

    /** An optimizer and how its learning rate is set. */
    private record Rated(Optimizer optimizer, java.util.function.DoubleConsumer rate) {}

    TorchTwinTraining(Spec spec, Dataset data, int outputs, State initial) {
        this.spec = spec;
        this.data = data;
        this.twin = new TorchTwin(spec.model(), data, outputs, initial);
        int[] example = data.exampleShape().sizes();
        long[] shape = new long[example.length + 1];
        shape[0] = data.train().count();
        for (int axis = 0; axis < example.length; axis++) {
            shape[axis + 1] = example[axis];
        }
        double[] values = new double[data.train().inputs().shape().count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = data.train().inputs().get(i);
        }
        this.inputs = Tensors.of(precision(), values, shape);
        twin.parameters().forEach((name, tensor) -> {
            boolean weight = name.endsWith(".weight") && !name.endsWith(".norm.weight") || name.endsWith(".weight_g");
            boolean decays = weight || spec.decay().applies() == DecaySpec.Applies.ALL;
            (decays ? decaying : others).add(tensor);
        });
        double lambda = spec.decay().lambda();
        this.weightDecay = spec.decay().convention() == DecaySpec.Convention.SQUARED_NORM ? 2 * lambda : lambda;
        boolean byHand = decaysByHand();
        this.decayingOptimizer = optimizer(decaying, byHand ? 0 : weightDecay);
        this.otherOptimizer = optimizer(others, 0);
    }

    /** One step on these examples at this learning rate; returns the loss before it. */
    double step(int[] rows, double learningRate) {
        try (PointerScope scope = new PointerScope()) {
            Tensor loss = backward(rows);
            if (decaysByHand()) {
                try (NoGradGuard guard = new NoGradGuard()) {
                    decaying.forEach(weight -> weight.mul_(new Scalar(1 - learningRate * weightDecay)));
                }
            }
            for (Rated rated : List.of(decayingOptimizer, otherOptimizer)) {
                rated.rate.accept(learningRate);
                rated.optimizer.step();
            }
            return loss.item_double();
        }
    }

    /** Gradients of the data loss on these examples, by parameter. */
    SequencedMap<String, double[]> gradients(int[] rows) {
        SequencedMap<String, double[]> gradients = new LinkedHashMap<>();
        try (PointerScope scope = new PointerScope()) {
            backward(rows);
            twin.parameters().forEach((name, tensor) -> gradients.put(name, Tensors.values(tensor.grad())));
        }
        return gradients;
    }

    /** Parameters and statistics as they are. */
    SequencedMap<String, double[]> arrays() {
        SequencedMap<String, double[]> arrays = new LinkedHashMap<>();
        for (Map<String, Tensor> tensors : List.of(twin.parameters(), twin.statistics())) {
            tensors.forEach((name, tensor) -> arrays.put(name, Tensors.values(tensor)));
        }
        return arrays;
    }

    private Tensor backward(int[] rows) {
        decayingOptimizer.optimizer.zero_grad();
        otherOptimizer.optimizer.zero_grad();
        Tensor batch = inputs.index_select(0, Tensors.ofIndices(rows));
        int[] labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = data.train().labels()[rows[i]];
        }
        Tensor loss = loss(twin.outputs(batch), labels);
        loss.backward();
        return loss;
    }

    private Tensor loss(Tensor outputs, int[] labels) {
        LossSpec loss = spec.loss();
        if (loss.kind() == LossSpec.Kind.CROSS_ENTROPY) {
            return cross_entropy_loss(outputs, Tensors.ofIndices(labels));
        }
        Tensor squares = outputs.sub(targets(labels)).square();
        Tensor value = loss.reduction() == LossSpec.Reduction.MEAN
                ? squares.mean()
                : squares.sum(1).mean();
        return loss.half() ? value.mul(new Scalar(0.5)) : value;
    }

    private Tensor targets(int[] labels) {
        int classes = data.classes();
        if (spec.loss().targets() == LossSpec.Targets.SINGLE) {
            double[] signs = new double[labels.length];
            for (int i = 0; i < labels.length; i++) {
                signs[i] = labels[i] == 1 ? 1 : -1;
            }
            return Tensors.of(precision(), signs, labels.length, 1);
        }
        double[] values = new double[labels.length * classes];
        if (spec.loss().targets() == LossSpec.Targets.PLUS_MINUS) {
            java.util.Arrays.fill(values, -1);
        }
        for (int i = 0; i < labels.length; i++) {
            values[i * classes + labels[i]] = 1;
        }
        return Tensors.of(precision(), values, labels.length, classes);
    }

    /** SGD of libtorch knows coupled decay only. */
    private boolean decaysByHand() {
        return spec.decay().mode() == DecaySpec.Mode.DECOUPLED
                && spec.optimizer().kind() == OptimizerSpec.Kind.SGD;
    }

    private Rated optimizer(List<Tensor> tensors, double decay) {
        TensorVector parameters = new TensorVector(tensors.toArray(Tensor[]::new));
        OptimizerSpec wanted = spec.optimizer();
        return switch (wanted.kind()) {
            case SGD -> {
                SGDOptions options = new SGDOptions(wanted.learningRate());
                options.momentum().put(wanted.momentum());
                options.nesterov().put(wanted.nesterov());
                options.weight_decay().put(decay);
                SGD sgd = new SGD(parameters, options);
                yield new Rated(sgd, rate -> eachGroup(sgd, rate));
            }
            case ADAM -> {
                AdamOptions options = new AdamOptions(wanted.learningRate());
                betas(options.betas(), wanted);
                options.eps().put(wanted.epsilon());
                options.weight_decay().put(decay);
                Adam adam = new Adam(parameters, options);
                yield new Rated(adam, rate -> eachGroup(adam, rate));
            }
            case ADAMW -> {
                AdamWOptions options = new AdamWOptions(wanted.learningRate());
                betas(options.betas(), wanted);
                options.eps().put(wanted.epsilon());
                options.weight_decay().put(decay);
                AdamW adamw = new AdamW(parameters, options);
                yield new Rated(adamw, rate -> eachGroup(adamw, rate));
            }
        };
    }

    /** The pair lies in memory as the C++ library keeps a tuple, which may be in reverse: the defaults (0.9, 0.999) tell. */
    private static void betas(DoublePointer pair, OptimizerSpec wanted) {
        boolean reverse = pair.get(0) > pair.get(1);
        pair.put(reverse ? 1 : 0, wanted.beta1());
        pair.put(reverse ? 0 : 1, wanted.beta2());
    }

    private static void eachGroup(Optimizer optimizer, double rate) {
        for (long i = 0; i < optimizer.param_groups().size(); i++) {
            optimizer.param_groups().get(i).options().set_lr(rate);
        }
    }

    private Precision precision() {
        return spec.precision();
    }
}
