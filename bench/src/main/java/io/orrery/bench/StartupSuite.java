package io.orrery.bench;

import io.orrery.lab.text.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * From the command to the first step of the embedded default, through the launcher as a person starts it, and on until its
 * kernels are compiled.
 */
final class StartupSuite implements Suite {
    private static final int STARTS = 7;
    private static final int WARM_UPS = 3;
    private static final double FIRST_STEP_SECONDS = 1.2;
    private static final double MAIN_PRODUCT_SECONDS = 1;
    private static final double KERNELS_SECONDS = 4;
    private static final double WATCHED_SECONDS = 8;

    private final Path home;

    StartupSuite(Path home) {
        this.home = home;
    }

    @Override
    public SuiteDescription about() {
        return SuiteDescription.alone(
                "Start-up",
                "The embedded default, './orrery run', from the command on. Kernels count as compiled when the optimizing"
                        + " compiler has installed them; times of that are from the first step on.");
    }

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public Json.Fields run(Bench bench) throws Exception {
        bench.say("");
        bench.say(String.format("%-9s %-40s %9s %9s %9s", name(), "seconds until", "median", "best", "aim"));
        // Builds what is not built, and warms the disk.
        DefaultStart.of(home, 0);
        double[] seconds = new double[STARTS];
        for (int i = 0; i < STARTS; i++) {
            seconds[i] = DefaultStart.of(home, 0).firstStepSeconds();
        }
        Json.Fields summary = Json.object();
        summary.put("firstStepSeconds", show("the first step", seconds, FIRST_STEP_SECONDS, bench));
        summary.put("bestSeconds", Arrays.stream(seconds).min().orElse(Double.NaN));
        warmUp(bench, summary);
        return summary;
    }

    /** Which kernels a step needs is seen in a run that hardly looks; when they are ready, in the default itself. */
    private void warmUp(Bench bench, Json.Fields summary) throws Exception {
        Set<String> ofStep = Compilations.of(DefaultStart.of(
                                home,
                                WATCHED_SECONDS,
                                "--set",
                                "measure.instruments=[loss]",
                                "--set",
                                "measure.perDecade=1")
                        .log())
                .keySet();
        double[] product = new double[WARM_UPS];
        double[] kernels = new double[WARM_UPS];
        for (int i = 0; i < WARM_UPS; i++) {
            DefaultStart start = DefaultStart.of(home, WATCHED_SECONDS);
            Map<String, Double> ready = Compilations.of(start.log());
            product[i] = Compilations.mainProduct(ready) - start.firstStepSeconds();
            kernels[i] = Compilations.last(ready, ofStep) - start.firstStepSeconds();
        }
        summary.put(
                "mainProductSeconds",
                show("its main product kernel is compiled", product, MAIN_PRODUCT_SECONDS, bench));
        summary.put("kernelsSeconds", show("all kernels of its step are", kernels, KERNELS_SECONDS, bench));
        summary.put("kernels", ofStep.size());
    }

    private double show(String until, double[] seconds, double aim, Bench bench) {
        double median = Contest.median(seconds);
        double best = Arrays.stream(seconds).min().orElse(Double.NaN);
        bench.line(
                Json.object()
                        .put("event", "startup")
                        .put("suite", name())
                        .put("shape", "embedded default")
                        .put("until", until)
                        .put("medianSeconds", median)
                        .put("bestSeconds", best)
                        .put("aimSeconds", aim),
                String.format(Locale.ROOT, "%-9s %-40s %9.2f %9.2f %9.1f", "", until, median, best, aim));
        return median;
    }
}
