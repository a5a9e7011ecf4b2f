package io.orrery.lab.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.spec.Problem;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpecCheckTest {
    private static List<String> problems(String... assignments) {
        SpecDocument document = SpecDocument.of("", "x.yaml");
        for (String assignment : assignments) {
            document = document.with(assignment);
        }
        return SpecCheck.check(document.spec(), Set.of("loss")).stream()
                .map(Problem::toString)
                .toList();
    }

    private static void refused(String assignment, String message) {
        assertThat(problems(assignment)).singleElement().isEqualTo(message);
    }

    private static void together(String message, String... assignments) {
        assertThat(problems(assignments)).singleElement().asString().startsWith(message);
    }

    @Test
    void theDefaultIsSound() {
        assertThat(problems()).isEmpty();
        assertThat(problems("model.widths=[]", "data.classes=[3, 8]", "measure.instruments=[all, loss]"))
                .isEmpty();
    }

    @Test
    void impossibleValuesAreRefused() {
        refused(
                "name=a/b",
                "name: expected letters, digits, dots, hyphens and underscores (it names a folder), found 'a/b'");
        refused("data.validation=-1", "data.validation: expected 0 or more examples, found -1");
        refused("data.classes=[3]", "data.classes: expected at least two classes, or none to keep all, found one");
        refused("data.classes=[3, 3]", "data.classes: expected each class once, found [3, 3]");
        refused("data.perClass=0", "data.perClass: expected 1 or more, found 0");
        refused("data.imbalance=[3, 0]", "data.imbalance: expected 1 or more examples of each class, found [3, 0]");
        refused("data.labelNoise=1.5", "data.labelNoise: expected a fraction from 0 to 1, found 1.5");
        refused("data.batchSize=0", "data.batchSize: expected 1 or more, found 0");
        refused("model.widths=[3, 0]", "model.widths: expected 1 or more in each layer, found [3, 0]");
        refused("model.initialScale=0", "model.initialScale: expected a number above 0, found 0");
        refused("model.initialRho=-1", "model.initialRho: expected a number above 0, found -1");
        refused("model.dropout=1", "model.dropout: expected a fraction from 0 to below 1, found 1");
        refused("optimizer.learningRate=0", "optimizer.learningRate: expected a finite number above 0, found 0");
        refused("optimizer.momentum=1", "optimizer.momentum: expected a number from 0 to below 1, found 1");
        refused("optimizer.beta1=-0.1", "optimizer.beta1: expected a number from 0 to below 1, found -0.1");
        refused("optimizer.beta2=1", "optimizer.beta2: expected a number from 0 to below 1, found 1");
        refused("optimizer.epsilon=0", "optimizer.epsilon: expected a finite number above 0, found 0");
        refused("decay.lambda=-1", "decay.lambda: expected a finite number, 0 or above, found -1");
        refused("decay.perLayer=[0, -1]", "decay.perLayer[1]: expected a finite number, 0 or above, found -1");
        refused("model.initialScales=[1, 0]", "model.initialScales[1]: expected a finite number above 0, found 0");
        refused(
                "optimizer.frozen=[layers.0, layers.0]",
                "optimizer.frozen: expected each layer once, found [layers.0, layers.0]");
        refused("schedule.warmup=-1", "schedule.warmup: expected 0 or more steps, found -1");
        refused(
                "schedule.milestones=[0.5, 1]",
                "schedule.milestones: expected fractions of the run between 0 and 1, found [0.5, 1.0]");
        refused(
                "schedule.milestones=[0.5, 0.2]",
                "schedule.milestones: expected fractions in ascending order, each once, found [0.5, 0.2]");
        refused("schedule.factor=0", "schedule.factor: expected a finite number above 0, found 0");
        refused("schedule.finalFactor=-1", "schedule.finalFactor: expected a finite number, 0 or above, found -1");
        refused("stop.steps=0", "stop.steps: expected 1 or more, found 0");
        refused("stop.epochs=0", "stop.epochs: expected 1 or more, found 0");
        refused("stop.loss=-1", "stop.loss: expected a finite number, 0 or above, found -1");
        refused("stop.seconds=0", "stop.seconds: expected a finite number above 0, found 0");
        refused(
                "measure.instruments=[los]",
                "measure.instruments: there is no instrument 'los'; did you mean 'loss'? (valid: all, default, loss)");
        refused("measure.perDecade=101", "measure.perDecade: expected 1 to 100 looks, found 101");
        refused("measure.every=0", "measure.every: expected 1 or more, found 0");
        refused("measure.at=[5, -1]", "measure.at: expected steps from 0, found [5, -1]");
        refused("measure.sample=0", "measure.sample: expected 1 or more, found 0");
        refused("measure.checkpointEvery=0", "measure.checkpointEvery: expected 1 or more, found 0");
    }

    @Test
    void windowsAndLayersAreChecked() {
        together("model.channels: expected 1 or more", "model.kind=cnn", "model.channels=[0]");
        together("model.kernel: expected 1 or more, found 0", "model.kind=cnn", "model.kernel=0", "model.padding=0");
        together("model.stride: expected 1 or more, found 0", "model.kind=cnn", "model.stride=0");
        together("model.padding: expected 0 to kernel - 1 = 2, found 3", "model.kind=cnn", "model.padding=3");
        together(
                "model.layers[0].units: expected 1 or more in each layer, found 0",
                "model.kind=layers",
                "model.layers=[{kind: dense, units: 0}]");
        together(
                "model.layers[0].layers[0].channels",
                "model.kind=layers",
                "model.layers=[{kind: residual, layers: [{kind: conv, channels: 0}]}]");
        together(
                "model.layers[0].layers: expected inner layers, found none",
                "model.kind=layers",
                "model.layers=[{kind: residual}]");
        together(
                "model.layers[1].kernel: expected 1 or more",
                "model.kind=layers",
                "model.layers=[{kind: global-pool}, {kind: max-pool, kernel: 0}]");
    }

    @Test
    void aStopRuleIsNeeded() {
        Spec spec = Spec.defaults();
        Spec endless = new Spec(
                spec.name(),
                spec.precision(),
                spec.data(),
                spec.model(),
                spec.loss(),
                spec.rule(),
                spec.optimizer(),
                spec.decay(),
                spec.schedule(),
                new io.orrery.lab.train.StopSpec(
                        java.util.OptionalLong.empty(), java.util.OptionalInt.empty(),
                        java.util.OptionalDouble.of(0.1), java.util.OptionalDouble.empty()),
                0,
                spec.tasks(),
                spec.measure());
        assertThat(SpecCheck.check(endless, Set.of()))
                .singleElement()
                .hasToString("stop: expected steps or epochs, found neither: the run would never be sure to end");
    }

    @Test
    void frobeniusNormalizationRefusesWhatBreaksItsTheory() {
        String on = "model.normalization=frobenius";
        assertThat(problems(on)).isEmpty();
        assertThat(problems(on, "model.activation=leaky", "model.dropout=0.1")).isEmpty();
        together(
                "model.bias: a bias is not scaled with its layer's weights; frobenius normalization needs",
                on,
                "model.bias=true");
        together("model.outputBias: a bias is not scaled", on, "model.outputBias=true");
        together("model.initialScales: frobenius normalization puts", on, "model.initialScales=[1, 2, 3]");
        together("decay.perLayer: under frobenius normalization no layer decays", on, "decay.perLayer=[0, 0, 1]");
        assertThat(problems(on, "model.projection=false")).isEmpty();
        for (String smooth : List.of("tanh", "sigmoid", "gelu", "softplus")) {
            together(
                    "model.activation: " + smooth + " does not scale with its input", on, "model.activation=" + smooth);
        }
        together(
                "model.layers: a residual block adds its input",
                on,
                "model.kind=layers",
                "model.layers=[{kind: residual, layers: [{kind: dense, units: 2}]}]");
        together("optimizer.kind: adam rescales each coordinate", on, "optimizer.kind=adam");
        together("optimizer.kind: adamw rescales each coordinate", on, "optimizer.kind=adamw");
        together("decay.mode: decoupled decay shrinks weights", on, "decay.mode=decoupled");
    }

    @Test
    void contradictionsAreRefused() {
        together("data.imbalance: data.perClass also says how many", "data.imbalance=[3, 4]", "data.perClass=3");
        together(
                "model.projection: false belongs to frobenius normalization and does nothing under none",
                "model.projection=false");
        together(
                "model.initialScales: scales initial weights, but model.weights reads them",
                "model.initialScales=[1, 2, 3]",
                "model.weights=a.safetensors");
        together(
                "loss.targets: single belongs to the square loss and does nothing under cross-entropy",
                "loss.kind=cross-entropy",
                "loss.targets=single");
        together("loss.reduction: mean belongs to the square loss", "loss.kind=cross-entropy", "loss.reduction=mean");
        together("loss.half: true belongs to the square loss", "loss.kind=cross-entropy", "loss.half=true");
        together(
                "optimizer.nesterov: only sgd looks ahead, found adam",
                "optimizer.kind=adam",
                "optimizer.nesterov=true");
        together(
                "optimizer.nesterov: looking ahead needs momentum above 0",
                "optimizer.nesterov=true",
                "optimizer.momentum=0");
    }
}
