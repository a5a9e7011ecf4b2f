package io.orrery.lab.claim;

import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.Dataset;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.spec.Spec;
import io.orrery.lab.spec.SpecDocument;
import io.orrery.lab.train.LossSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Fits a user's data to the size of a protocol, and says what was done. */
final class OtherData {
    private final DatasetCache datasets;
    private final List<String> notes = new ArrayList<>();

    OtherData(DatasetCache datasets) {
        this.datasets = datasets;
    }

    /**
     * An altered arm with as many examples a class as the protocol has, two classes where its loss needs two, and examples of
     * the size that its learning rates were chosen for, unless the user said otherwise.
     */
    SpecDocument fit(SpecDocument protocol, SpecDocument altered, Scale scale, long seed) {
        SpecDocument fitted = altered;
        Spec spec = altered.spec();
        Dataset data = datasets.load(spec.data(), seed);
        boolean binary = spec.loss().targets() == LossSpec.Targets.SINGLE;
        if (binary && data.classes() > 2 && spec.data().classes().isEmpty()) {
            fitted = fitted.having("data.classes=[0, 1]");
            data = datasets.load(fitted.spec().data(), seed);
            note("the claim is about two classes: the first two of the data were taken (choose with data.classes)");
        }
        DataSpec own = spec.data();
        if (own.standardize() == DataSpec.Standardization.NONE) {
            boolean images = data.exampleShape().rank() > 1;
            fitted = fitted.having("data.standardize=" + (images ? "per-channel" : "per-feature"));
            if (!own.unitNorm()) {
                fitted = fitted.having("data.unitNorm=true");
            }
            note(
                    "examples were standardized and divided by their norm, as those of the protocol have norm one (choose with"
                            + " data.standardize)");
        }
        int wanted = datasets.load(protocol.spec().data(), seed).train().count();
        if (scale == Scale.QUICK
                && data.train().count() > wanted
                && spec.data().perClass().isEmpty()) {
            int perClass = Math.max(1, Math.min(wanted / data.classes(), smallestClass(data)));
            fitted = fitted.having("data.perClass=" + perClass);
            note("at scale quick the protocol trains on " + wanted + " examples: " + perClass
                    + " of each class were taken (choose with data.perClass)");
        }
        return fitted;
    }

    private static int smallestClass(Dataset data) {
        if (data.labels() != Dataset.Labels.CLASS) {
            return data.train().count();
        }
        int[] counts = new int[data.classes()];
        for (int label : data.train().labels()) {
            counts[label]++;
        }
        return Arrays.stream(counts).min().orElse(1);
    }

    /** What was done, in plain words, each once. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private void note(String text) {
        if (!notes.contains(text)) {
            notes.add(text);
        }
    }
}
