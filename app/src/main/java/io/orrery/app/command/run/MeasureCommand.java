package io.orrery.app.command.run;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.RunProvenance;
import io.orrery.app.command.common.SpecOptions;
import io.orrery.app.command.common.ThreadOption;
import io.orrery.app.command.common.VectorWarning;
import io.orrery.app.terminal.TextTable;
import io.orrery.lab.UserError;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.study.StudyRunner;
import io.orrery.lab.text.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Holds the instruments to a classifier that was trained elsewhere. */
@Command(
        name = "measure",
        description = {
            "Measures a trained classifier: weights from a safetensors file under PyTorch's names, the architecture and the"
                    + " data from a spec. Trains nothing."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery measure specs/mnist-mlp.yaml --weights mine.safetensors",
            "  orrery measure my.yaml --weights end.safetensors --initial start.safetensors",
            "  orrery measure my.yaml --json     weights from 'model.weights:' of the spec",
            "",
            "Distances from the initial weights, and the bounds that are measured from them",
            "(bartlett, ledent, graf), are given with --initial only.",
            "",
            "A dense layer's weight is [outputs, inputs], a convolution's [outputs, inputs,",
            "y, x], as PyTorch saves them."
        })
public final class MeasureCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SpecOptions spec;

    @Mixin
    private ThreadOption threads;

    @Option(names = "--weights", paramLabel = "FILE", description = "The classifier's safetensors file.")
    private Optional<String> weights = Optional.empty();

    @Option(
            names = "--initial",
            paramLabel = "FILE",
            description = "The safetensors file of the weights from which the classifier was trained.")
    private Optional<String> initial = Optional.empty();

    @Override
    public Integer call() {
        SpecDocument document = spec.document();
        if (weights.isPresent()) {
            document = document.with("model.weights=" + Json.text(weights.get()).write());
        }
        if (initial.isPresent()) {
            document = document.with(
                    "model.initialWeights=" + Json.text(initial.get()).write());
        }
        RunPlan plan = document.study(Instruments.names()).runs().getFirst();
        if (plan.spec().model().weights().isEmpty()) {
            throw new UserError(
                    "measure: expected the classifier's weights; give --weights FILE or model.weights in the spec");
        }
        VectorWarning.print();
        List<Measurement> measurements = new StudyRunner(
                        common.book(), threads.count(), RunProvenance.of(threads.count()), StudyListener.SILENT)
                .measure(plan);
        if (common.json()) {
            measurements.forEach(measurement -> System.out.println(Json.object()
                    .put("event", "measurement")
                    .put("instrument", measurement.instrument())
                    .put("quantity", measurement.quantity())
                    .put("layer", measurement.layer())
                    .put("split", measurement.split())
                    .put(
                            "values",
                            Json.array(measurement.values().stream()
                                    .map(Json::number)
                                    .toList()))
                    .write()));
        } else {
            TextTable table = new TextTable("MEASUREMENT", "VALUE");
            measurements.stream()
                    .filter(measurement -> measurement.values().size() == 1)
                    .forEach(measurement ->
                            table.row(measurement.series(), String.format(Locale.ROOT, "%.6g", measurement.value())));
            table.lines().forEach(System.out::println);
            if (plan.spec().model().initialWeights().isEmpty()) {
                System.out.println();
                System.out.println(
                        "Not given, since the initial weights are not known (--initial FILE): distances from them and"
                                + " the bounds bartlett, ledent and graf.");
            }
        }
        return 0;
    }
}
