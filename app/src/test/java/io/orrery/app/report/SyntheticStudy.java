package io.orrery.app.report;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** Runs with plausible curves: what a report is tried on without training anything. */
public final class SyntheticStudy {
    static final int CLASSES = 10;
    private static final List<String> LAYERS = List.of("layers.0", "layers.1", "layers.2");

    private final List<RecordedRun> runs = new ArrayList<>();
    private long steps = 3000;
    private boolean testSplit = true;

    /** How many updates the runs added from here on take. */
    SyntheticStudy steps(long count) {
        steps = count;
        return this;
    }

    SyntheticStudy withoutTest() {
        testSplit = false;
        return this;
    }

    /** Adds runs with seeds 1, 2, ... that reach their end. */
    public SyntheticStudy runs(int seeds, Map<String, String> setting) {
        for (int seed = 1; seed <= seeds; seed++) {
            double lambda = Double.parseDouble(setting.getOrDefault("decay.lambda", "5e-4"));
            add(seed, setting, measurements(seed, lambda, steps), RunEnd.Status.DONE, steps, "stop.steps reached");
        }
        return this;
    }

    /** Adds a run whose loss grows without bound. */
    SyntheticStudy diverging(long seed, Map<String, String> setting) {
        List<Measurement> measured = new ArrayList<>();
        for (long step : looks(40)) {
            double loss = step == 40 ? Double.NaN : 0.9 * Math.exp(0.6 * step);
            measured.add(Measurement.of(step, "loss", "loss", "", "train", loss));
            measured.add(Measurement.of(step, "loss", "accuracy", "", "train", 0.1));
            measured.add(Measurement.of(step, "norms", "rho", "", "", Math.exp(0.4 * step)));
        }
        add(seed, setting, measured, RunEnd.Status.DIVERGED, 40, "loss is not finite at step 40 (last finite: 1.3e10)");
        return this;
    }

    SyntheticStudy run(RecordedRun run) {
        runs.add(run);
        return this;
    }

    public List<RecordedRun> list() {
        return List.copyOf(runs);
    }

    private void add(
            long seed,
            Map<String, String> setting,
            List<Measurement> measured,
            RunEnd.Status status,
            long end,
            String message) {
        String id = "%012x".formatted(31 * seed + 7919L * setting.hashCode() & 0xffffffffffffL);
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("training", 21.5);
        seconds.put("neural-collapse", 0.61);
        seconds.put("rank", 0.34);
        seconds.put("margins", 0.12);
        Map<String, String> provenance = new LinkedHashMap<>();
        provenance.put("orrery", "0.1.0, numerics 1");
        provenance.put("jdk", "25.0.1+8");
        provenance.put("processor", "2 x some processor");
        provenance.put("vector width", "512 bits");
        provenance.put("started", "2026-01-01T10:00:0" + seed % 10 + "Z");
        runs.add(new RecordedRun(
                "scribbles",
                id,
                seed,
                setting,
                "{\"data\":{\"source\":\"scribbles\",\"batchSize\":50},\"decay\":{\"lambda\":"
                        + setting.getOrDefault("decay.lambda", "5e-4") + "},\"name\":\"scribbles\"}",
                provenance,
                measured,
                Optional.of(new RunEnd(
                        status, end, (id + id + id + id + id + id).substring(0, 64), id, message, seconds))));
    }

    private static TreeSet<Long> looks(long last) {
        TreeSet<Long> looks = new TreeSet<>(List.of(0L, last));
        for (double at = 1; at < last; at *= Math.pow(10, 0.1)) {
            looks.add(Math.round(at));
        }
        return looks;
    }

    private List<Measurement> measurements(long seed, double lambda, long last) {
        Random random = new Random(seed);
        double own = Math.exp(0.15 * random.nextGaussian());
        List<Measurement> all = new ArrayList<>();
        for (long step : looks(last)) {
            double t = step / 300.0;
            double wobble = Math.exp(0.06 * random.nextGaussian());
            double progress = t / (1 + t);
            double loss = own * wobble * (0.9 * Math.exp(-4 * t) + 0.12 * Math.exp(-t) + lambda * 4);
            number(all, step, "loss", "loss", "", "train", loss);
            number(all, step, "loss", "objective", "", "train", loss + lambda * 20);
            number(all, step, "loss", "accuracy", "", "train", Math.min(1, 1 - 0.9 * Math.exp(-5 * t)));
            number(all, step, "loss", "examples", "", "train", 5000);
            double nc1 = own * wobble * (40 * Math.exp(-2 * t) + 5 * lambda / (1 + t));
            number(all, step, "neural-collapse", "nc1", "", "train", nc1);
            number(all, step, "neural-collapse", "nc1-raw", "", "train", nc1 * CLASSES);
            if (testSplit) {
                number(all, step, "loss", "loss", "", "test", loss + 0.08 * progress * own);
                number(all, step, "loss", "objective", "", "test", loss + 0.08 + lambda * 20);
                number(all, step, "loss", "accuracy", "", "test", 0.97 - 0.87 * Math.exp(-5 * t));
                number(all, step, "neural-collapse", "nc1", "", "test", nc1 + 0.4);
                number(all, step, "neural-collapse", "nc4", "", "test", 0.02 + 0.6 * Math.exp(-3 * t));
            }
            number(all, step, "neural-collapse", "nc4", "", "train", t > 3 ? 0 : 0.6 * Math.exp(-3 * t));
            number(all, step, "neural-collapse", "equinorm-means", "", "train", 0.3 * own / (1 + 4 * t));
            number(all, step, "neural-collapse", "equinorm-weights", "", "train", 0.2 * own / (1 + 3 * t));
            number(all, step, "neural-collapse", "self-duality", "", "train", 0.1026 + 1.5 * Math.exp(-t) * own);
            number(all, step, "neural-collapse", "self-duality-centred", "", "train", 1.5 * Math.exp(-t) * own + 0.01);
            vector(
                    all,
                    step,
                    "neural-collapse",
                    "cosines",
                    "",
                    "train",
                    cosines(random, 0.5 * Math.exp(-2 * t) + 0.01));
            for (String split : testSplit ? List.of("train", "test") : List.of("train")) {
                double mean = -0.01 + 0.11 * progress;
                double deviation = 0.02 * Math.exp(-t / 4) + (split.equals("test") ? 0.008 : 0.003);
                number(all, step, "margins", "normalized-mean", "", split, mean);
                number(all, step, "margins", "normalized-quantile-10", "", split, mean - 1.28 * deviation);
                number(all, step, "margins", "normalized-minimum", "", split, mean - 3 * deviation * own);
                number(all, step, "margins", "spread", "", split, deviation / mean);
                vector(all, step, "margins", "normalized-histogram", "", split, histogram(mean, deviation));
            }
            number(all, step, "norms", "rho", "", "", own * (30 * Math.exp(-2 * t) + 9));
            number(all, step, "norms", "rho-equilibrium", "", "", 9 * (1 - Math.exp(-3 * t)) + 0.4);
            number(all, step, "norms", "relaxation", "", "", 0.004 * step);
            number(all, step, "rank", "decay-exponent", "", "", 2 * lambda * 0.05 * step * 10);
            number(all, step, "gradient", "norm", "", "", own * wobble * (2 * Math.exp(-3 * t) + 5e-3));
            number(all, step, "gradient", "batch-variance", "", "", own * wobble * (Math.exp(-6 * t) + 5e-5));
            for (int l = 0; l < LAYERS.size(); l++) {
                String layer = LAYERS.get(l);
                double deep = Math.pow(4, l);
                number(
                        all,
                        step,
                        "neural-collapse",
                        "nc1b",
                        layer,
                        "train",
                        own * (3 / deep * Math.exp(-t / 3 * (l + 1)) + 0.2 / deep));
                number(all, step, "norms", "frobenius", layer, "", 4 + l + 2 * Math.exp(-t) * own);
                int size = l == 2 ? 10 : 200;
                double[] spectrum = new double[Math.min(size, 64)];
                for (int i = 0; i < spectrum.length; i++) {
                    double at = (double) i * (size - 1) / Math.max(1, spectrum.length - 1);
                    spectrum[i] = 3 * Math.exp(-at * progress / 12) * (1 - 0.8 * at / size);
                }
                vector(all, step, "rank", "singular-values", layer, "", spectrum);
                number(all, step, "rank", "singular-value-count", layer, "", size);
                number(all, step, "rank", "rank", layer, "", Math.round(size - (size - 10) * progress * progress));
                number(all, step, "rank", "stable-rank", layer, "", 4 + size / 12.0 * (1 - progress));
            }
        }
        return all;
    }

    private static double[] cosines(Random random, double noise) {
        double[] cosines = new double[CLASSES * CLASSES];
        for (int i = 0; i < CLASSES; i++) {
            cosines[i * CLASSES + i] = 1;
            for (int j = 0; j < i; j++) {
                double cosine = Math.clamp(-1.0 / (CLASSES - 1) + noise * random.nextGaussian(), -1, 1);
                cosines[i * CLASSES + j] = cosine;
                cosines[j * CLASSES + i] = cosine;
            }
        }
        return cosines;
    }

    /** A normal density between its 3.5 deviations, in forty bins. */
    private static double[] histogram(double mean, double deviation) {
        double[] histogram = new double[42];
        histogram[0] = mean - 3.5 * deviation;
        histogram[1] = mean + 3.5 * deviation;
        double sum = 0;
        for (int b = 0; b < 40; b++) {
            double z = -3.5 + 7 * (b + 0.5) / 40;
            histogram[2 + b] = Math.exp(-z * z / 2);
            sum += histogram[2 + b];
        }
        for (int b = 0; b < 40; b++) {
            histogram[2 + b] /= sum;
        }
        return histogram;
    }

    static void number(
            List<Measurement> all,
            long step,
            String instrument,
            String quantity,
            String layer,
            String split,
            double value) {
        all.add(Measurement.of(step, instrument, quantity, layer, split, value));
    }

    private static void vector(
            List<Measurement> all,
            long step,
            String instrument,
            String quantity,
            String layer,
            String split,
            double[] values) {
        all.add(new Measurement(
                step,
                instrument,
                quantity,
                layer,
                split,
                java.util.Arrays.stream(values).boxed().toList()));
    }
}
