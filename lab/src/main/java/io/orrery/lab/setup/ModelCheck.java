package io.orrery.lab.setup;

import static io.orrery.lab.setup.SpecCheck.kebab;
import static io.orrery.lab.setup.SpecCheck.number;

import io.orrery.lab.model.Cnn;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Activation;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.layer.Layer;
import io.orrery.lab.model.layer.LayerCheck;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.train.update.DecaySpec;
import io.orrery.lab.train.update.Update;
import java.util.List;
import java.util.Set;

/** The part of {@link SpecCheck} that concerns the model, with the conditions under which Frobenius normalization holds. */
final class ModelCheck {
    private static final Set<Activation> HOMOGENEOUS = Set.of(Activation.RELU, Activation.LEAKY, Activation.LINEAR);

    private static final int MOST_LAYERS = 1000;

    private final List<Problem> problems;

    private ModelCheck(List<Problem> problems) {
        this.problems = problems;
    }

    static void check(Spec spec, List<Problem> problems) {
        ModelCheck check = new ModelCheck(problems);
        check.values("model", spec.model());
        spec.rule().models().forEach(check::values);
        if (spec.model().normalization() == Normalization.FROBENIUS) {
            check.frobenius(spec);
        } else {
            check.require(
                    spec.model().projection(),
                    "model.projection",
                    "false belongs to frobenius normalization and does nothing under "
                            + kebab(spec.model().normalization())
                            + "; take it away or take model.normalization: frobenius");
        }
    }

    private void values(String block, ModelSpec model) {
        fewLayers(block, model);
        switch (model.architecture()) {
            case Mlp mlp -> units(block + ".widths", mlp.widths());
            case Cnn cnn -> {
                units(block + ".channels", cnn.channels());
                window(block, cnn.kernel(), cnn.stride(), cnn.padding());
                units(block + ".widths", cnn.widths());
            }
            case Layered layered -> layers(block + ".layers", layered.layers());
        }
        require(
                model.initialScale() > 0,
                block + ".initialScale",
                "expected a number above 0, found " + number(model.initialScale()));
        for (int layer = 0; layer < model.initialScales().size(); layer++) {
            double scale = model.initialScales().get(layer);
            require(
                    scale > 0 && Double.isFinite(scale),
                    block + ".initialScales[" + layer + "]",
                    "expected a finite number above 0, found " + number(scale));
        }
        require(
                model.initialScales().isEmpty() || model.weights().isEmpty(),
                block + ".initialScales",
                "scales initial weights, but " + block
                        + ".weights reads them from a file as they are; leave one of the two out");
        require(
                model.initialWeights().isEmpty() || model.weights().isPresent(),
                block + ".initialWeights",
                "says where the weights of " + block + ".weights came from; give that too, or give this file as "
                        + block + ".weights");
        require(
                model.initialRho() > 0,
                block + ".initialRho",
                "expected a number above 0, found " + number(model.initialRho()));
        require(
                model.dropout() >= 0 && model.dropout() < 1,
                block + ".dropout",
                "expected a fraction from 0 to below 1, found " + number(model.dropout()));
    }

    /** Compiling the plan of a step takes a time that grows with the square of the layers. */
    private void fewLayers(String block, ModelSpec model) {
        int layers = switch (model.architecture()) {
            case Mlp mlp -> mlp.widths().size();
            case Cnn cnn -> cnn.channels().size() + cnn.widths().size();
            case Layered layered -> count(layered.layers());
        };
        require(
                layers <= MOST_LAYERS,
                model.architecture() instanceof Layered ? block + ".layers" : block + ".widths",
                "expected at most " + MOST_LAYERS + " layers, found " + layers);
    }

    private static int count(List<Layer> layers) {
        return layers.stream().mapToInt(layer -> 1 + count(layer.inner())).sum();
    }

    private void layers(String path, List<Layer> layers) {
        for (int i = 0; i < layers.size(); i++) {
            layers.get(i)
                    .check(new LayerCheck(
                            path + "[" + i + "]", (key, message) -> problems.add(new Problem(key, message))));
        }
    }

    private void frobenius(Spec spec) {
        ModelSpec model = spec.model();
        String lost =
                "; frobenius normalization needs a network that is positively homogeneous in each layer's weights "
                        + "(core theory, section 2), or rho has no meaning";
        require(
                !model.biased(),
                model.bias() ? "model.bias" : "model.outputBias",
                "a bias is not scaled with its layer's weights" + lost);
        require(
                model.initialScales().isEmpty(),
                "model.initialScales",
                "frobenius normalization puts every layer on the unit sphere, whatever its scale; set model.initialRho");
        require(
                spec.decay().perLayer().isEmpty(),
                "decay.perLayer",
                "under frobenius normalization no layer decays but rho alone; set decay.lambda");
        require(
                HOMOGENEOUS.contains(model.activation()),
                "model.activation",
                kebab(model.activation()) + " does not scale with its input (relu, leaky and linear do)" + lost);
        if (model.architecture() instanceof Layered layered) {
            layered.layers().stream()
                    .flatMap(layer -> layer.traits().inhomogeneous().stream())
                    .findFirst()
                    .ifPresent(reason -> problems.add(new Problem("model.layers", reason + lost)));
        }
        require(
                Update.of(spec.optimizer()).followsGradient(),
                "optimizer.kind",
                kebab(spec.optimizer().kind())
                        + " rescales each coordinate, so its update leaves the tangent space of the "
                        + "sphere on which frobenius normalization keeps the weights; take sgd");
        require(
                spec.decay().mode() == DecaySpec.Mode.COUPLED,
                "decay.mode",
                "decoupled decay shrinks weights that frobenius normalization keeps on the unit sphere; take coupled, where "
                        + "lambda acts on rho");
    }

    private void units(String key, List<Integer> widths) {
        require(
                widths.stream().allMatch(width -> width >= 1),
                key,
                "expected 1 or more in each layer, found " + (widths.size() == 1 ? widths.getFirst() : widths));
    }

    private void window(String path, int kernel, int stride, int padding) {
        require(kernel >= 1, path + ".kernel", "expected 1 or more, found " + kernel);
        require(stride >= 1, path + ".stride", "expected 1 or more, found " + stride);
        require(
                padding >= 0 && (padding < Math.max(kernel, 1)),
                path + ".padding",
                "expected 0 to kernel - 1 = " + (kernel - 1) + ", found " + padding);
    }

    private void require(boolean holds, String key, String message) {
        if (!holds) {
            problems.add(new Problem(key, message));
        }
    }
}
