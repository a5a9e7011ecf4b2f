package io.orrery.lab.train.rule;

import io.orrery.engine.gradient.Gradient;
import io.orrery.engine.graph.Draw.Distribution;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.model.Architecture;
import io.orrery.lab.model.Cnn;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.LayerView;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Mlp;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.model.WeightLayer;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Later;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.step.Learner;
import io.orrery.lab.train.step.StepGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Direct feedback alignment (Nokland 2016, arXiv 1609.01596): hidden layer l is told of the error by a fixed random matrix instead
 * of the transposed weights above it. With e the gradient of the mean loss in the outputs [batch, outputs],
 * delta_l = (e B_l) * phi'(a_l) stands for the gradient in the pre-activations a_l, and the gradients of weight and bias are
 * delta_l^T h_(l-1) and the sum of delta_l over the batch. The last layer has its true gradient.
 *
 * <p>B_l [outputs, units] is the array {@code rule.feedback.LAYER} of the state, normal of variance scale^2 / outputs from the stream
 * {@code feedback/LAYER}.
 *
 * <p>Drawn anew in each step, feedback tells of the error as well, but nothing can align to it: for controls.
 *
 * @param scale factor of the feedback
 * @param redrawn whether feedback is drawn anew in each step, from the streams {@code feedback/LAYER} keyed by it; then there is no
 *     array of the state
 */
@Serves("002-110")
@Kind("direct-feedback-alignment")
@About("hidden layers get the error by fixed random matrices instead of back-propagation; for dense layers")
record DirectFeedbackAlignment(
        @About("factor of the feedback, whose entries have variance scale^2 / outputs")
        double scale,

        @Later @About("draw the feedback anew in each step, for controls: nothing can align to it")
        boolean redrawn)
        implements TrainingRule {
    static DirectFeedbackAlignment defaults() {
        return new DirectFeedbackAlignment(1, false);
    }

    @Override
    public Node addTo(StepGraph step) {
        Forward forward = step.forward();
        Node loss = step.meanLoss(forward);
        Node error = Gradient.of(loss, List.of(forward.outputs())).getFirst();
        Map<String, Node> gradients = new HashMap<>();
        LayerView last = forward.layers().getLast();
        for (LayerView view : forward.layers()) {
            Node delta = view.equals(last) ? error : delta(step, view, error);
            gradients.put(view.layer().weight().name(), delta.matmul(view.input(), true, false));
            view.layer().bias().ifPresent(bias -> gradients.put(bias.name(), delta.sum(0)));
        }
        step.update(step.learner().trained().stream()
                .map(parameter -> Objects.requireNonNull(gradients.get(parameter.name()), parameter.name()))
                .toList());
        return loss;
    }

    private Node delta(StepGraph step, LayerView view, Node error) {
        Shape shape = shape(view.layer(), step.learner());
        Node feedback = redrawn
                ? step.graph()
                        .draw(Distribution.NORMAL, stream(view.layer()), shape, step.step())
                        .multiply(deviation(step.learner()))
                : step.graph().state(name(view.layer()), shape);
        Node slope = Gradient.of(view.activation().sum(), List.of(view.preActivation()))
                .getFirst();
        return error.matmul(feedback).multiply(slope);
    }

    @Override
    public SequencedMap<String, Shape> memory(Learner learner) {
        SequencedMap<String, Shape> memory = new LinkedHashMap<>();
        if (redrawn) {
            return memory;
        }
        hidden(learner).forEach(layer -> memory.put(name(layer), shape(layer, learner)));
        return memory;
    }

    @Override
    public SequencedMap<String, double[]> initial(Learner learner, long seed) {
        SequencedMap<String, double[]> values = new LinkedHashMap<>();
        if (redrawn) {
            return values;
        }
        double deviation = deviation(learner);
        for (WeightLayer layer : hidden(learner)) {
            double[] feedback = RandomStream.of(seed, stream(layer))
                    .normals(0, shape(layer, learner).count());
            for (int i = 0; i < feedback.length; i++) {
                feedback[i] *= deviation;
            }
            values.put(name(layer), feedback);
        }
        return values;
    }

    private static List<WeightLayer> hidden(Learner learner) {
        List<WeightLayer> layers = learner.network().layers();
        return layers.subList(0, layers.size() - 1);
    }

    private double deviation(Learner learner) {
        return scale / Math.sqrt(learner.network().outputs());
    }

    private static String stream(WeightLayer layer) {
        return "feedback/" + layer.name();
    }

    private static String name(WeightLayer layer) {
        return "rule.feedback." + layer.name();
    }

    private static Shape shape(WeightLayer layer, Learner learner) {
        return Shape.of(learner.network().outputs(), layer.output().count());
    }

    @Override
    public boolean drawsAtRandom() {
        return redrawn;
    }

    @Override
    public boolean descendsLoss() {
        return false;
    }

    @Override
    public List<Problem> problems(ModelSpec model, LossSpec loss) {
        List<Problem> problems = new ArrayList<>();
        if (!(scale > 0 && Double.isFinite(scale))) {
            problems.add(new Problem("rule.scale", "expected a finite number above 0, found " + scale));
        }
        String instead = " with direct-feedback-alignment; take rule.kind: descent for it";
        if (!dense(model.architecture())) {
            problems.add(
                    new Problem(
                            "rule.kind",
                            "direct-feedback-alignment is for networks of dense layers, one of them hidden at least; take model.kind: mlp"));
        }
        if (model.normalization() != Normalization.NONE) {
            problems.add(new Problem("model.normalization", "expected none" + instead));
        }
        if (model.dropout() != 0) {
            problems.add(new Problem("model.dropout", "expected 0" + instead));
        }
        return problems;
    }

    private static boolean dense(Architecture architecture) {
        return switch (architecture) {
            case Mlp mlp -> !mlp.widths().isEmpty();
            case Layered layered ->
                layered.layers().stream().allMatch(Dense.class::isInstance)
                        && layered.layers().size() >= (layered.outputLayer() ? 1 : 2);
            case Cnn _ -> false;
        };
    }
}
