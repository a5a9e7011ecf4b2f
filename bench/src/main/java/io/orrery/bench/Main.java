package io.orrery.bench;

import io.orrery.app.command.common.Problems;
import io.orrery.app.command.common.RunProvenance;
import io.orrery.app.report.bench.BenchPages;
import io.orrery.bench.peer.Torch;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.text.Json;
import io.orrery.lab.text.Nearest;
import io.orrery.lab.text.Shell;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code orrery bench}: the engine and its peers doing the same work in turns, suite by suite. */
@Command(
        name = "orrery bench",
        description = "Times the engine side by side with its peers: medians and ratios (theirs / ours) in one run.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery bench",
            "  orrery bench --suite mlp --json",
            "",
            "Suites:",
            "  products     matrix products of dense layers, and square ones",
            "  kernels      convolutions and their gradients, elementwise, sums, random draws",
            "  mlp          training steps: 784 inputs, two hidden layers of 64, 256, 1024;",
            "               batch 32 and 128; 1 and 2 threads",
            "  steps        training steps: batch 1 to 1024, width 16 to 2048, batch",
            "               normalization, double precision",
            "  tiny         training steps of very small networks: what a step costs beyond",
            "               its arithmetic",
            "  cnn          training steps of convolutional networks: MNIST, CIFAR, strided",
            "  study        1, 2, 8 and 64 trainings on two cores against one core (the",
            "               engine alone)",
            "  dl4j         training steps of fully connected networks against DL4J (fetched,",
            "               230 MB)",
            "  instruments  what a look of each instrument costs, in steps of the run",
            "  startup      seconds from './orrery run' to its first step, and on until its",
            "               kernels are compiled",
            "  memory       bytes of one more run, by width and examples",
            "  guards       every kernel against the share of the peak that is on record",
            "               (only when named; two minutes)",
            "",
            "Exit codes: 0 done, 1 a guarded kernel fell, 2 wrong input, 3 a suite failed.",
            "The peer is libtorch unless said otherwise. Ratios above 1 mean that the engine",
            "is faster. All suites take about ten minutes on an idle machine."
        })
public final class Main implements Callable<Integer> {
    @Option(names = "--suite", paramLabel = "NAME", description = "Only this suite; may repeat. See below.")
    private List<String> chosen = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Threads for both sides. Default: 1.")
    private int threads = 1;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Where to put the page, bench.html. Default: the lab book, ORRERY_BOOK or lab-book.")
    private Optional<String> out = Optional.empty();

    @Option(names = "--json", description = "One JSON object per line on standard output.")
    private boolean json;

    @Option(names = "--plans", description = "Print the engine's plan of every training step.")
    private boolean plans;

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setParameterExceptionHandler(Problems::wrongArguments)
                .setExecutionExceptionHandler(Problems::failed)
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (threads < 1) {
            throw new ParameterException(new CommandLine(this), "--threads: expected at least 1, found " + threads);
        }
        // Ten minutes of measuring end in a page, which must have a place.
        LabBook.open(book()).requireWritable();
        long start = System.nanoTime();
        try {
            Torch.threads(threads);
        } catch (LinkageError missing) {
            System.err.println(
                    "orrery: libtorch does not load on this machine (its binding is fetched for linux-x86_64): "
                            + missing.getMessage());
            return 3;
        }
        Json.Fields suites = Json.object();
        boolean failed = false;
        boolean fell = false;
        Bench bench;
        try (Workers two = Workers.of(2);
                Workers workers = threads == 1 ? Workers.single() : Workers.of(threads)) {
            List<Suite> all = new Suites(workers, threads == 2 ? workers : two, home()).all();
            requireKnown(all.stream().map(Suite::name).toList());
            bench = new Bench(Peak.measure(), Bandwidth.measure(), json, plans);
            bench.note(machine(bench));
            introduce(bench);
            for (Suite suite : all) {
                if (chosen.contains(suite.name()) || (chosen.isEmpty() && !suite.onRequest())) {
                    Json.Fields summary;
                    try {
                        summary = suite.run(bench);
                    } catch (RuntimeException wrong) {
                        failed = true;
                        System.err.println("orrery: the suite " + suite.name() + " failed: " + wrong.getMessage());
                        summary = Json.object().put("failed", String.valueOf(wrong.getMessage()));
                    }
                    suites.put(suite.name(), summary);
                    bench.note(ended(suite, summary));
                    fell |= fell(summary);
                }
            }
        }
        Path page = BenchPages.write(bench.events(), book(), command());
        if (json) {
            System.out.println(Json.object()
                    .put("event", "finished")
                    .put("peak", bench.peak())
                    .put("bandwidth", bench.bandwidth())
                    .put("threads", threads)
                    .put("peer", Torch.describe())
                    .put("waiting", Torch.waiting())
                    .put("page", page.toString())
                    .put("suites", suites)
                    .put("seconds", (System.nanoTime() - start) / 1e9)
                    .write());
        } else {
            bench.say("");
            bench.say("page: " + page);
        }
        return failed ? 3 : fell ? 1 : 0;
    }

    /** Names the kernels that fell below what is expected of them. */
    private static boolean fell(Json.Fields summary) {
        if (!(summary.get("fell").orElse(Json.array(List.of())) instanceof Json.Items fallen)) {
            return false;
        }
        for (Json kernel : fallen.values()) {
            System.err.println("orrery: the kernel " + kernel.write()
                    + " fell below 60% of its expected share; see the table, and run it again on an idle machine");
        }
        return !fallen.values().isEmpty();
    }

    private Json.Fields machine(Bench bench) {
        Json.Fields machine = Json.object().put("event", "machine");
        RunProvenance.of(threads).forEach(machine::put);
        return machine.put("cores", Runtime.getRuntime().availableProcessors())
                .put("peak", bench.peak())
                .put("bandwidth", bench.bandwidth())
                .put("peer", Torch.describe())
                .put("waitingTheirs", Torch.waiting())
                .put("waitingOurs", "spin for a millisecond, then sleep")
                .put(
                        "waitingTurns",
                        "a turn begins when this process is idle: no thread of the other side spins any more");
    }

    private static Json.Fields ended(Suite suite, Json.Fields summary) {
        SuiteDescription about = suite.about();
        return Json.object()
                .put("event", "suite")
                .put("suite", suite.name())
                .put("title", about.title())
                .put("about", about.text())
                .put("peer", about.peer())
                .put("target", about.target())
                .put("least", about.least())
                .put("summary", summary);
    }

    private Path book() {
        String variable = System.getenv("ORRERY_BOOK");
        return Path.of(out.orElse(variable == null || variable.isBlank() ? "lab-book" : variable));
    }

    private String command() {
        StringBuilder command = new StringBuilder("./orrery bench");
        chosen.forEach(name -> command.append(" --suite ").append(Shell.quoted(name)));
        return command.append(threads == 1 ? "" : " --threads " + threads).toString();
    }

    private static void introduce(Bench bench) {
        bench.say(String.format(
                Locale.ROOT,
                "peak of one core: %.0f GFLOP/s (single precision multiply-adds), %.1f GB/s (copying)",
                bench.peak(),
                bench.bandwidth()));
        bench.say("peer: " + Torch.describe());
        bench.say("waiting: " + Torch.waiting());
        bench.say("of peak: of what multiply-adds in registers reach on one core between the same turns");
        bench.say("cores: processor time of this process over the clock, ours / theirs");
    }

    private void requireKnown(List<String> names) {
        for (String name : chosen) {
            if (!names.contains(name)) {
                throw new ParameterException(
                        new CommandLine(this),
                        "--suite: there is no suite '" + name + "'; " + Nearest.hint(name, names));
            }
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("orrery.home", "."));
    }
}
