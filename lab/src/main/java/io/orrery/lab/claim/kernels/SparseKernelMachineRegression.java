package io.orrery.lab.claim.kernels;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.kernel.GramAscent;
import io.orrery.lab.theory.kernel.GramKernel;
import io.orrery.lab.theory.kernel.GramStage;
import io.orrery.lab.theory.kernel.InducedGram;
import io.orrery.lab.theory.kernel.SparseDeepKernelMachine;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A sparse deep kernel machine on a sine of one of several inputs, beside the same that learns nothing. */
final class SparseKernelMachineRegression implements Computation {
    static final String NAME = "sparse-kernel-machine";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String about() {
        return "regression by a deep kernel machine with Gaussian kernels and inducing points on a noisy sine of the first of several"
                + " normal inputs: the course of the objective, and losses on new examples with learned and with fixed Gram matrices";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.whole("inputs", "the number of inputs", 1, 100),
                Parameter.whole("layers", "the number of layers of features", 1, 4),
                Parameter.real("frequency", "of the sine, in radians for an input of 1", 0, 100),
                Parameter.whole("examples", "the number of examples", 5, 2000),
                Parameter.whole("tests", "the number of test examples", 1, 5000),
                Parameter.whole("inducing", "how many of the examples are inducing points", 2, 500),
                Parameter.real("weight", "nu, features of a layer over how often the targets are seen", 1e-3, 1e6),
                Parameter.real("noise", "the variance of the noise on targets", 1e-4, 10),
                Parameter.whole("steps", "the number of steps of Adam", 1, 100_000));
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int examples = setting.whole("examples");
        int all = examples + setting.whole("tests");
        int inputs = setting.whole("inputs");
        Matrix drawn =
                new Matrix(all, inputs, RandomStream.of(seed, "inputs").normals(0, Math.multiplyExact(all, inputs)));
        Matrix outer = Products.outerGram(drawn);
        Matrix gram = Products.combination(1.0 / inputs, outer, 0, outer);
        double[] targets = targets(seed, drawn, setting);
        int inducing = setting.whole("inducing");
        if (inducing > examples) {
            throw new IllegalArgumentException(
                    "inducing points are examples: " + inducing + " of them are more than " + examples + " examples");
        }
        GramStage stage = new GramStage.Pointwise(GramKernel.GAUSSIAN);
        SparseDeepKernelMachine machine = new SparseDeepKernelMachine(
                Collections.nCopies(setting.whole("layers") + 1, stage),
                InducedGram.of(gram, inducing, 0, examples),
                new Matrix(examples, 1, Arrays.copyOf(targets, examples)),
                setting.get("noise"),
                setting.get("weight"));
        GramAscent.Top top = machine.maximum(setting.whole("steps"));
        InducedGram others = InducedGram.of(gram, inducing, examples, all);
        Matrix seen = new Matrix(all - examples, 1, Arrays.copyOfRange(targets, examples, all));
        double loss = machine.predict(top.grams(), others).loss(seen);
        double fixed = machine.predict(machine.fixed(), others).loss(seen);
        return Results.none()
                .with(
                        "objective",
                        Arrays.stream(top.course())
                                .map(value -> value / examples)
                                .toArray())
                .with("gain", (top.value() - top.course()[0]) / examples)
                .with("loss", loss)
                .with("loss-fixed", fixed)
                .with("better", fixed - loss);
    }

    private static double[] targets(long seed, Matrix inputs, Setting setting) {
        double[] targets = RandomStream.of(seed, "noise").normals(0, inputs.rows());
        double deviation = Math.sqrt(setting.get("noise"));
        for (int i = 0; i < targets.length; i++) {
            targets[i] = StrictMath.sin(setting.get("frequency") * inputs.at(i, 0)) + deviation * targets[i];
        }
        return targets;
    }
}
