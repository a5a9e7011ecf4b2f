package io.orrery.lab.claim.trial;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.text.Json;
import io.orrery.lab.train.loss.LossSpec;
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
     *
     * @throws UserError if the protocol is about images or a number of classes that the data have not
     */
    SpecDocument fit(SpecDocument protocol, SpecDocument altered, Scale scale, long seed) {
        requireFit(protocol, altered, seed);
        SpecDocument fitted = altered;
        Spec spec = altered.spec();
        Dataset data = datasets.load(spec.data(), seed);
        requireSameKind(datasets.load(protocol.spec().data(), seed), data);
        boolean binary = spec.loss().targets() == LossSpec.Targets.SINGLE;
        if (binary && data.classes() > 2 && spec.data().classes().isEmpty()) {
            Json first = Json.array(
                    data.classNames().subList(0, 2).stream().map(Json::text).toList());
            fitted = fitted.having("data.classes=" + first.write());
            data = datasets.load(fitted.spec().data(), seed);
            note("the claim is about two classes: the first two of the data were taken (choose with data.classes)");
        }
        DataSpec own = spec.data();
        if (own.standardize() == DataSpec.Standardization.NONE || !altered.says("data.standardize")) {
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

    /** What a protocol says of its own data must not come back to the user as a mistake in keys that only the protocol gives. */
    private void requireFit(SpecDocument protocol, SpecDocument altered, long seed) {
        DataSpec own = protocol.spec().data();
        DataSpec asked = altered.spec().data();
        boolean named = !own.classes().isEmpty() && asked.classes().equals(own.classes());
        boolean images = own.standardize() == DataSpec.Standardization.PER_CHANNEL
                && (asked.standardize() == own.standardize() || !altered.says("data.standardize"));
        if (!named && !images) {
            return;
        }
        SpecDocument plain = altered.having("data.classes=[]")
                .having("data.imbalance=[]")
                .having("data.perClass=null")
                .having("data.standardize=none");
        Dataset data = datasets.load(plain.spec().data(), seed);
        if (named && data.classes() < own.classes().size()) {
            throw new UserError(
                    "--set data: the claim is about " + own.classes().size() + " classes, and these data have "
                            + data.classes() + "; give data of more classes");
        }
        if (images && data.exampleShape().rank() == 1) {
            throw new UserError(
                    "--set data: the claim is about networks for images, and an example of these data is a row of "
                            + data.exampleShape().count()
                            + " numbers; give images (IDX, CIFAR-10, or a folder of PNG files)");
        }
    }

    private static void requireSameKind(Dataset own, Dataset asked) {
        if (!own.target().getClass().equals(asked.target().getClass())) {
            throw new UserError("--set data: the claim is about examples that are answered with "
                    + own.target().words() + ", and the targets of these data are "
                    + asked.target().words() + "; give data of the same kind of targets");
        }
    }

    private static int smallestClass(Dataset data) {
        if (!(data.target() instanceof TargetKind.Classes)) {
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
