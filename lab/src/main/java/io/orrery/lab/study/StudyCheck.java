package io.orrery.lab.study;

import io.orrery.engine.kernel.VectorWidth;
import io.orrery.lab.UserError;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.Spec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Meets mistakes before anything runs: loads the data of every setting and fits its model, loss and batches to them. */
final class StudyCheck {
    private StudyCheck() {}

    /** The runs with their ids. Files are the same for all seeds of a setting, so one seed of each is checked. */
    static List<RunIdentity> identify(List<RunPlan> plans, DatasetCache datasets) {
        requireFusedMultiplyAdd();
        Map<Spec, Digests> files = new HashMap<>();
        for (RunPlan plan : plans) {
            files.computeIfAbsent(plan.spec(), spec -> check(spec, plan.seed(), datasets));
        }
        return plans.stream()
                .map(plan -> {
                    Digests digests = files.getOrDefault(plan.spec(), Digests.NONE);
                    return plan.identify(digests.byKey, digests.byName);
                })
                .toList();
    }

    /** Values of a grid may be written differently and yet be equal: 0.1 and 0.10. A run has one writer. */
    static void requireDifferent(List<RunIdentity> runs) {
        Map<String, RunIdentity> known = new HashMap<>();
        for (RunIdentity run : runs) {
            RunIdentity same = known.putIfAbsent(run.id(), run);
            if (same != null) {
                throw new UserError("grid: the settings " + same.setting() + " and " + run.setting() + " with seed "
                        + run.seed() + " are the same run; take one of them away");
            }
        }
    }

    private static void requireFusedMultiplyAdd() {
        try {
            VectorWidth.requireFusedMultiplyAdd();
        } catch (IllegalStateException missing) {
            throw new UserError(String.valueOf(missing.getMessage()), missing);
        }
    }

    /** SHA-256 of the files of a run, by the key of the spec that names each, and by their names as earlier builds had it. */
    private record Digests(Map<String, String> byKey, Map<String, String> byName) {
        static final Digests NONE = new Digests(Map.of(), Map.of());
    }

    private static Digests check(Spec spec, long seed, DatasetCache datasets) {
        Dataset data = datasets.load(spec.data(), seed, spec.precision());
        Trainer.check(spec, data);
        Map<String, String> byKey = new TreeMap<>(data.digests());
        Map<String, String> byName = new TreeMap<>(data.files());
        Map<String, String> weights = weights(spec);
        spec.model()
                .initialWeights()
                .ifPresent(file -> weights.put("model.initialWeights", sha256("model.initialWeights", file)));
        byKey.putAll(weights);
        byName.putAll(weights);
        return new Digests(byKey, byName);
    }

    /** SHA-256 of every file that a run reads, by its part in the spec; data that are generated have none. */
    static Map<String, String> digests(Spec spec, long seed, DatasetCache datasets) {
        Map<String, String> digests = new TreeMap<>();
        if (!spec.data().source().generated()) {
            digests.putAll(datasets.load(spec.data(), seed).digests());
        }
        digests.putAll(weights(spec));
        return digests;
    }

    /** SHA-256 of the files in which weights are given, by the keys of the spec that name them. */
    private static Map<String, String> weights(Spec spec) {
        Map<String, ModelSpec> models = new TreeMap<>(spec.rule().models());
        models.put("model", spec.model());
        Map<String, String> weights = new TreeMap<>();
        models.forEach((block, model) ->
                model.weights().ifPresent(file -> weights.put(block + ".weights", sha256(block + ".weights", file))));
        return weights;
    }

    /**
     * Refuses runs with a network whose values nothing gives.
     *
     * @throws UserError naming the key that could
     */
    static void requireStarts(List<RunIdentity> runs, DatasetCache datasets) {
        for (RunIdentity run : runs) {
            if (run.spec().rule().models().isEmpty()) {
                continue;
            }
            Trainer.requireStarts(
                    run.spec(),
                    datasets.load(run.spec().data(), run.seed(), run.spec().precision()),
                    run.parents().byRole().keySet());
        }
    }

    private static String sha256(String key, String file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(Path.of(file)), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw new UserError(key + ": cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
