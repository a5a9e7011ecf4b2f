package io.orrery.bench;

import io.orrery.bench.peer.Torch;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.text.Json;
import io.orrery.lab.text.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code orrery bench}: the engine and libtorch doing the same work in turns, in one process. */
@Command(
        name = "orrery bench",
        description = "Times the engine side by side with libtorch: medians and ratios (theirs / ours) in one run.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery bench",
            "  orrery bench --suite mlp --json",
            "",
            "Suites:",
            "  products  matrix products of dense layers, and square ones",
            "  mlp       training steps: 784 inputs, two hidden layers of 64, 256, 1024; batch 32 and 128",
            "  tiny      training steps of very small networks, both precisions: what a step costs beyond its arithmetic",
            "  cnn       training steps of convolutional networks, MNIST and CIFAR sizes, batch 128",
            "  study     several trainings on two cores against one core (the engine alone)",
            "",
            "Ratios above 1 mean that the engine is faster. All suites take about five minutes on an idle machine."
        })
public final class Main implements Callable<Integer> {
    private static final List<String> NAMES = List.of("products", "mlp", "tiny", "cnn", "study");

    @Option(names = "--suite", paramLabel = "NAME", description = "Only this suite; may repeat. See below.")
    private List<String> chosen = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Threads for both sides. Default: 1.")
    private int threads = 1;

    @Option(names = "--json", description = "One JSON object per line on standard output.")
    private boolean json;

    @Option(names = "--plans", description = "Print the engine's plan of every training step.")
    private boolean plans;

    /** Runs the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setParameterExceptionHandler((problem, given) -> {
                    System.err.println("orrery: " + problem.getMessage());
                    return 2;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        for (String name : chosen) {
            if (!NAMES.contains(name)) {
                throw new ParameterException(
                        new CommandLine(this),
                        "--suite: there is no suite '" + name + "'; " + Nearest.hint(name, NAMES));
            }
        }
        if (threads < 1) {
            throw new ParameterException(new CommandLine(this), "--threads: expected at least 1, found " + threads);
        }
        long start = System.nanoTime();
        try {
            Torch.threads(threads);
        } catch (LinkageError missing) {
            System.err.println(
                    "orrery: libtorch does not load on this machine (its binding is fetched for linux-x86_64): "
                            + missing.getMessage());
            return 3;
        }
        double peak = Peak.measure();
        say(String.format(Locale.ROOT, "peak of one core: %.0f GFLOP/s (single precision multiply-adds)", peak));
        say("peer: " + Torch.describe());
        say("waiting: " + Torch.waiting());
        say("cores: processor time over the clock, ours / libtorch's");
        Json.Fields suites = Json.object();
        try (Workers workers = threads == 1 ? Workers.single() : Workers.of(threads)) {
            for (var suite : new Suites(workers).contests().entrySet()) {
                if (wanted(suite.getKey())) {
                    suites.put(suite.getKey(), run(suite.getKey(), suite.getValue(), peak));
                }
            }
        }
        if (wanted("study")) {
            suites.put("study", study());
        }
        if (json) {
            System.out.println(Json.object()
                    .put("event", "finished")
                    .put("peak", peak)
                    .put("threads", threads)
                    .put("peer", Torch.describe())
                    .put("waiting", Torch.waiting())
                    .put("suites", suites)
                    .put("seconds", (System.nanoTime() - start) / 1e9)
                    .write());
        }
        return 0;
    }

    private boolean wanted(String suite) {
        return chosen.isEmpty() || chosen.contains(suite);
    }

    private Json.Fields run(String suite, List<Supplier<Contest>> contests, double peak) throws Exception {
        say("");
        say(String.format(
                "%-9s %-30s %12s %12s %8s %9s %7s %9s",
                suite, "shape", "ours us", "libtorch us", "ratio", "GFLOP/s", "of peak", "cores"));
        List<Contest.Result> results = new ArrayList<>();
        for (Supplier<Contest> supplier : contests) {
            Contest contest = supplier.get();
            if (plans && contest.ours() instanceof OrreryTraining training) {
                say(training.describe());
            }
            Contest.Result result = contest.run();
            contest.ours().close();
            contest.theirs().close();
            results.add(result);
            show(result, peak);
        }
        return Summaries.of(suite, results, peak);
    }

    private void show(Contest.Result result, double peak) {
        if (!json) {
            System.out.printf(
                    Locale.ROOT,
                    "%-9s %-30s %12.1f %12.1f %8.2f %9.1f %6.0f%% %4.1f /%4.1f%n",
                    "",
                    result.shape(),
                    result.oursMicroseconds(),
                    result.theirsMicroseconds(),
                    result.ratio(),
                    result.gigaflops(),
                    100 * result.gigaflops() / peak,
                    result.oursCores(),
                    result.theirsCores());
            return;
        }
        System.out.println(Json.object()
                .put("event", "contest")
                .put("suite", result.suite())
                .put("shape", result.shape())
                .put("oursMicroseconds", result.oursMicroseconds())
                .put("theirsMicroseconds", result.theirsMicroseconds())
                .put("ratio", result.ratio())
                .put("gigaflops", result.gigaflops())
                .put("peakShare", result.gigaflops() / peak)
                .put("oursCores", result.oursCores())
                .put("theirsCores", result.theirsCores())
                .write());
    }

    private Json.Fields study() throws Exception {
        double two = StudyScaling.ratio(2);
        double eight = StudyScaling.ratio(8);
        say("");
        say(String.format(
                Locale.ROOT, "study     two runs on two cores: %.2f times one core; eight runs: %.2f", two, eight));
        return Json.object().put("twoRunsTwoCores", two).put("eightRunsTwoCores", eight);
    }

    private void say(String text) {
        if (json) {
            System.err.println(text);
        } else {
            System.out.println(text);
        }
    }
}
