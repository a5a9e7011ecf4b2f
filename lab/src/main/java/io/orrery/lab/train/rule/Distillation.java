package io.orrery.lab.train.rule;

import io.orrery.engine.graph.Composites;
import io.orrery.engine.graph.Node;
import io.orrery.lab.UserError;
import io.orrery.lab.model.Forward;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.model.Network;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import io.orrery.lab.spec.Problem;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.train.loss.Loss;
import io.orrery.lab.train.loss.LossSpec;
import io.orrery.lab.train.step.NetworkRole;
import io.orrery.lab.train.step.StepGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Distillation (Hinton, Vinyals and Dean 2015, arXiv 1503.02531, section 2): a student learns from the labels y and from the outputs t of a
 * teacher that does not change. Training descends (1 - w) H(y, softmax(s)) + w T^2 H(softmax(t / T), softmax(s / T)), s the student's
 * outputs and H cross-entropy; the gradient of the second term in s is w T (softmax(s / T) - softmax(t / T)). What is measured as
 * {@code train.loss}, and shown as progress, stays cross-entropy with the labels.
 *
 * @param teacher the model of the teacher; its weights come from a file that it names, or from a run of a claim's other arm
 * @param temperature T: outputs are divided by it before the softmax
 * @param weight w: share of the teacher in what is descended
 */
@Kind("distillation")
@About(
        "cross-entropy with the labels and, at a temperature, with what a teacher that does not change says of the example")
@Serves("002-130")
record Distillation(
        @About(
                "the teacher: a model like `model`, with its weights in `rule.teacher.weights` unless the arm of a claim gives them")
        ModelSpec teacher,

        @About("T: outputs of both are divided by it before the softmax")
        double temperature,

        @About("share of the teacher in the loss, the labels have the rest")
        double weight)
        implements TrainingRule {
    private static final String TEACHER = "teacher";
    private static final String KEY = "rule.teacher";

    static Distillation defaults() {
        return new Distillation(ModelSpec.defaults(), 4, 0.9);
    }

    @Override
    public List<NetworkRole> networks(Network main) {
        return List.of(new NetworkRole(
                TEACHER,
                KEY,
                teacher,
                main.example(),
                main.outputs(),
                NetworkRole.Change.NONE,
                NetworkRole.Start.GIVEN));
    }

    @Override
    public SequencedMap<String, ModelSpec> models() {
        SequencedMap<String, ModelSpec> models = new LinkedHashMap<>();
        models.put(KEY, teacher);
        return models;
    }

    @Override
    public Node addTo(StepGraph step) {
        Forward student = step.forward();
        Node mean = step.meanLoss(student);
        Node shares = Composites.softmax(
                        step.network(TEACHER).evaluate().outputs().divide(temperature))
                .heldConstant();
        Node likeTeacher = Composites.softmaxCrossEntropy(student.outputs().divide(temperature), shares)
                .sum()
                .divide(step.count());
        step.update(step.gradients(
                mean.multiply(1 - weight).add(likeTeacher.multiply(weight * temperature * temperature))));
        step.track(student);
        return mean;
    }

    @Override
    public void requireFits(Loss loss) {
        if (loss.ofLabels("rule.kind: distillation").bits()) {
            throw new UserError(
                    "rule.kind: distillation needs targets that are classes, those of these data are bits: leave it out, or take"
                            + " other data");
        }
    }

    @Override
    public boolean descendsLoss() {
        return false;
    }

    @Override
    public List<Problem> problems(ModelSpec model, LossSpec loss) {
        List<Problem> problems = new ArrayList<>();
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            problems.add(new Problem("rule.temperature", "expected a finite number above 0, found " + temperature));
        }
        if (!(weight >= 0 && weight <= 1)) {
            problems.add(new Problem("rule.weight", "expected a share from 0 to 1, found " + weight));
        }
        if (loss.kind() != LossSpec.Kind.CROSS_ENTROPY) {
            problems.add(new Problem(
                    "loss.kind",
                    "expected cross-entropy with distillation, whose targets are a teacher's probabilities"));
        }
        return problems;
    }
}
