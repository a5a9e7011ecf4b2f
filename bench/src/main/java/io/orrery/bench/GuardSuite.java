package io.orrery.bench;

import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every kernel against the share of the machine's limits that it once reached: what grew slower is named. */
final class GuardSuite implements Suite {
    private static final double PERCENTILE = 10;

    @Override
    public SuiteDescription about() {
        return SuiteDescription.alone(
                "Guards",
                "Every kernel by itself, in a JVM of its own. One falls below 60% of the share of the peak or of the bandwidth"
                        + " that is on record.");
    }

    @Override
    public String name() {
        return "guards";
    }

    @Override
    public boolean onRequest() {
        return true;
    }

    @Override
    public Json.Fields run(Bench bench) throws Exception {
        bench.say("");
        bench.say(String.format("%-9s %-40s %12s %9s %9s %s", name(), "kernel", "us", "share", "expected", "outcome"));
        List<Guard> guards = Guards.all();
        Map<String, Double> seconds = times(guards);
        List<Json> fallen = new ArrayList<>();
        for (Guard guard : guards) {
            double time = seconds.getOrDefault(guard.name(), Double.NaN);
            double share = guard.share(time, bench);
            boolean falls = guard.falls(share);
            show(guard, time, share, falls ? "fell" : "kept", bench);
            if (falls) {
                fallen.add(Json.text(guard.name()));
            }
        }
        return Json.object()
                .put("kernels", guards.size())
                .put("fallen", fallen.size())
                .put("fell", Json.array(fallen));
    }

    /** Seconds of one repetition, of which a tenth are faster; a benchmark that failed is missing. */
    private static Map<String, Double> times(List<Guard> guards) throws Exception {
        Options options = new OptionsBuilder()
                .include(GuardedKernel.class.getName())
                .param("guard", guards.stream().map(Guard::name).toArray(String[]::new))
                .verbosity(VerboseMode.SILENT)
                .build();
        return new Runner(options)
                .run().stream()
                        .collect(Collectors.toMap(result -> result.getParams().getParam("guard"), GuardSuite::seconds));
    }

    private static double seconds(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(PERCENTILE);
    }

    private void show(Guard guard, double seconds, double share, String outcome, Bench bench) {
        bench.line(
                Json.object()
                        .put("event", "guard")
                        .put("suite", name())
                        .put("shape", guard.name())
                        .put("microseconds", 1e6 * seconds)
                        .put("share", share)
                        .put("expected", guard.expected())
                        .put("outcome", outcome),
                String.format(
                        Locale.ROOT,
                        "%-9s %-40s %12.1f %8.2f%% %8.2f%% %s",
                        "",
                        guard.name(),
                        1e6 * seconds,
                        100 * share,
                        100 * guard.expected(),
                        outcome));
    }
}
