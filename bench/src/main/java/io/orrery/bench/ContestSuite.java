package io.orrery.bench;

import io.orrery.bench.peer.Torch;
import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Contests against one peer.
 *
 * @param contests made one by one when their turn comes, so that one shape's memory is held at a time
 */
record ContestSuite(String name, SuiteDescription about, List<Supplier<Contest>> contests) implements Suite {
    @Override
    public Json.Fields run(Bench bench) {
        bench.say("");
        bench.say(String.format(
                "%-9s %-34s %12s %12s %8s %9s %7s %9s",
                name, "shape", "ours us", about.peer() + " us", "ratio", "GFLOP/s", "of peak", "cores"));
        List<Contest.Result> results = new ArrayList<>();
        for (Supplier<Contest> supplier : contests) {
            Contest contest = supplier.get();
            if (bench.plans() && contest.ours() instanceof OrreryTraining training) {
                bench.say(training.describe());
            }
            Torch.threads(contest.threads());
            Contest.Result result = contest.run();
            close(contest.ours());
            close(contest.theirs());
            results.add(result);
            show(result, bench);
        }
        return Summaries.of(name, results, bench);
    }

    private static void close(RepeatableWork work) {
        try {
            work.close();
        } catch (Exception failed) {
            throw new IllegalStateException("a contestant could not be closed", failed);
        }
    }

    private static void show(Contest.Result result, Bench bench) {
        boolean memory = result.gigabytes() > 0;
        double share = memory ? result.gigabytes() / bench.bandwidth() : result.peakShare();
        Json.Fields event = Json.object()
                .put("event", "contest")
                .put("suite", result.suite())
                .put("shape", result.shape())
                .put("threads", result.threads())
                .put("oursMicroseconds", result.oursMicroseconds())
                .put("theirsMicroseconds", result.theirsMicroseconds())
                .put("ratio", result.ratio())
                .put(memory ? "gigabytes" : "gigaflops", memory ? result.gigabytes() : result.gigaflops())
                .put(memory ? "bandwidthShare" : "peakShare", share)
                .put("oursCores", result.oursCores())
                .put("theirsCores", result.theirsCores());
        bench.line(
                event,
                String.format(
                        Locale.ROOT,
                        "%-9s %-34s %12.1f %12.1f %8.2f %4.1f%s %6.0f%% %4.1f /%4.1f",
                        "",
                        result.shape(),
                        result.oursMicroseconds(),
                        result.theirsMicroseconds(),
                        result.ratio(),
                        memory ? result.gigabytes() : result.gigaflops(),
                        memory ? " GB/s" : "     ",
                        100 * share,
                        result.oursCores(),
                        result.theirsCores()));
    }
}
