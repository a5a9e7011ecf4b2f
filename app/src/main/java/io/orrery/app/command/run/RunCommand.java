package io.orrery.app.command.run;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.SpecOptions;
import io.orrery.app.command.common.ThreadOption;
import io.orrery.app.terminal.Durations;
import io.orrery.app.terminal.Terminal;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.setup.StudyPlan;
import io.orrery.lab.study.StudyEstimate;
import io.orrery.lab.text.Json;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job: trains and measures every run of a study and writes its report. */
@Command(
        name = "run",
        description = "Trains and measures the runs of a spec, keeps them in the lab book and writes a report.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery run",
            "  orrery run specs/mnist-mlp.yaml --set data.dir=/data/mnist",
            "  orrery run --set optimizer.learningRate=0.1 --set stop.epochs=20 --seeds 1,2,3",
            "  orrery run --dry-run                says what it would do and cost",
            "",
            "Every key of a spec is explained in docs/spec.md. Runs that are in the lab book",
            "are not run again. Ctrl-C writes checkpoints; the same command goes on.",
        })
public final class RunCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Mixin
    private SpecOptions spec;

    @Mixin
    private ThreadOption threads;

    @Option(
            names = "--dry-run",
            description = "Check everything and say runs, FLOPs, minutes, memory and disk; train nothing.")
    private boolean dryRun;

    @Option(names = "--fail-on-divergence", description = "Exit with 1 if a run diverged.")
    private boolean failOnDivergence;

    @Override
    public Integer call() {
        StudyPlan study = spec.document().study(Instruments.names());
        LabBook book = common.book();
        if (dryRun) {
            book.requireWritable();
            estimate(StudyEstimate.of(study, threads.count()), study);
            return 0;
        }
        String command = ("orrery run " + spec.text()).strip() + common.text();
        return new StudySession(book, Terminal.ofProcess(), common.json(), threads.count(), command)
                .run(study, failOnDivergence);
    }

    private void estimate(StudyEstimate estimate, StudyPlan study) {
        if (common.json()) {
            System.out.println(Json.object()
                    .put("event", "estimate")
                    .put("study", study.name())
                    .put("runs", estimate.runs())
                    .put("steps", estimate.steps())
                    .put("flops", estimate.flops())
                    .put("seconds", estimate.seconds())
                    .put("memoryBytes", estimate.memoryBytes())
                    .put("diskBytes", estimate.diskBytes())
                    .put("logBytes", estimate.logBytes())
                    .put("looks", estimate.looks())
                    .put(
                            "measuring",
                            Json.array(estimate.measuring().stream()
                                    .map(Json::text)
                                    .toList()))
                    .write());
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %d %s, %,d steps, %.3g FLOPs%nabout %s on %d %s, %,d MB of memory, %,d MB of disk%n"
                        + "%,d looks, which log %,d MB%n",
                study.name(),
                estimate.runs(),
                estimate.runs() == 1 ? "run" : "runs",
                estimate.steps(),
                estimate.flops(),
                Durations.text(estimate.seconds()),
                threads.count(),
                threads.count() == 1 ? "thread" : "threads",
                Math.max(1, estimate.memoryBytes() >> 20),
                Math.max(1, estimate.diskBytes() >> 20),
                estimate.looks(),
                Math.max(1, estimate.logBytes() >> 20));
        System.out.println("Measuring a run:");
        estimate.measuring().forEach(sentence -> System.out.println("  " + sentence));
        System.out.println("Nothing was trained or written.");
    }
}
