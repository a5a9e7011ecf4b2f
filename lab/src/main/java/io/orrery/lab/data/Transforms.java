package io.orrery.lab.data;

import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Permutation;
import io.orrery.lab.data.set.Scrambling;
import io.orrery.lab.data.set.Selection;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What happens to examples between their source and a run, in this order: classes are selected (training and test);
 * {@code perClass} or {@code imbalance} training examples of each class are kept; the validation split is held out of them;
 * training labels are made noisy, or random; all splits are standardized by the training split's statistics; examples are
 * divided by their norms; their features change places, or give way to noise.
 */
final class Transforms {
    private static final int MOST_NAMES = 30;
    private static final long PER_CLASS = 0;
    private static final long VALIDATION = 1;

    private Transforms() {}

    /** The data after all transforms; what was loaded stays as it is. */
    static Dataset apply(Dataset raw, DataSpec spec, long seed) {
        return apply(raw, spec, seed, false);
    }

    /** The same where nobody else holds what was loaded: large arrays are changed in place. */
    static Dataset applyTo(Dataset raw, DataSpec spec, long seed) {
        return apply(raw, spec, seed, true);
    }

    private static Dataset apply(Dataset raw, DataSpec spec, long seed, boolean owned) {
        RandomStream split = RandomStream.of(seed, "split");
        List<String> names = raw.classNames();
        Selection train = Selection.all(raw.train());
        Optional<Selection> test = raw.test().map(Selection::all);
        Optional<Selection> validation = raw.validation().map(Selection::all);
        if (!spec.classes().isEmpty()) {
            List<Integer> kept = chosenClasses(raw, spec);
            names = kept.stream().map(raw.classNames()::get).toList();
            train = train.classes(kept, raw.classes());
            test = test.map(all -> all.classes(kept, raw.classes()));
            validation = validation.map(all -> all.classes(kept, raw.classes()));
        }
        int ofClasses = train.count();
        boolean byClass = raw.target() instanceof TargetKind.Classes;
        refuseWithoutLabels(raw, spec);
        if (byClass) {
            checkEveryClass(train.counts(names.size()), names);
        }
        if (spec.perClass().isPresent()) {
            train = perClass(train, spec.perClass().getAsInt(), names, raw, split);
        }
        if (!spec.imbalance().isEmpty()) {
            train = imbalanced(train, spec.imbalance(), names, raw, split);
        }
        if (spec.validation() > 0) {
            if (validation.isPresent()) {
                throw new UserError("data.validation: the files already have a validation split of "
                        + raw.validation().orElseThrow().count() + " examples; leave data.validation out");
            }
            boolean[] held = heldOut(train, spec.validation(), byClass ? names : List.of(), split);
            validation = Optional.of(train.where(held, true));
            train = train.where(held, false);
        }
        train = withTrainingLabels(train, raw.target(), names.size(), spec, seed);
        Dataset chosen = new Dataset(
                raw.description(),
                raw.exampleShape(),
                byClass ? new TargetKind.Classes(names) : raw.target(),
                train.split(),
                validation.filter(some -> some.count() > 0).map(Selection::split),
                test.filter(some -> some.count() > 0).map(Selection::split),
                raw.sources(),
                ledger(raw, spec, train, validation, test, ofClasses),
                raw.featureNames());
        Dataset scaled = Scaling.apply(chosen, spec.standardize(), spec.unitNorm(), owned);
        for (SplitName name : SplitName.values()) {
            scaled.split(name).ifPresent(some -> checkFinite(scaled, some, name));
        }
        return switch (spec.permute()) {
            case NONE -> scaled;
            case FEATURES -> Permutation.apply(scaled, seed);
            case EXAMPLES -> Scrambling.places(scaled, seed);
            case NOISE -> Scrambling.noise(scaled, seed);
        };
    }

    /** Noise and random labels, where there are labels. */
    private static Selection withTrainingLabels(
            Selection train, TargetKind target, int classes, DataSpec spec, long seed) {
        return switch (target) {
            case TargetKind.Classes _ -> train.relabelled(TrainingLabels.of(train.labels(), spec, classes, seed));
            case TargetKind.Bits bits ->
                train.relabelled(TrainingLabels.of(
                        train.labels(), spec, 1 << bits.names().size(), seed));
            case TargetKind.Reals _, TargetKind.Tokens _, TargetKind.None _ -> train;
        };
    }

    /** Keys that change labels must not do nothing in silence. */
    private static void refuseWithoutLabels(Dataset raw, DataSpec spec) {
        if (!raw.target().labels() && (spec.labelNoise() > 0 || spec.randomLabels())) {
            String key = spec.randomLabels() ? "data.randomLabels" : "data.labelNoise";
            throw new UserError(key + " replaces labels, but the targets of " + raw.description() + " are "
                    + raw.target().words() + "; leave it out");
        }
    }

    /** What was found in the files, and then what the spec leaves out of it. */
    private static Ledger ledger(
            Dataset raw,
            DataSpec spec,
            Selection train,
            Optional<Selection> validation,
            Optional<Selection> test,
            int ofClasses) {
        long cutOff = spec.validation() > 0 ? validation.map(Selection::count).orElse(0) : 0;
        long used = train.count() + cutOff;
        List<Ledger.Reason> reasons = new ArrayList<>();
        if (ofClasses < raw.train().count()) {
            reasons.add(new Ledger.Reason(raw.train().count() - ofClasses, "not of data.classes " + spec.classes()));
        }
        if (used < ofClasses) {
            String which = spec.perClass().isPresent() ? "data.perClass" : "data.imbalance";
            reasons.add(new Ledger.Reason(ofClasses - used, "more than " + which + " asks for"));
        }
        Ledger ledger = raw.ledger();
        if (!reasons.isEmpty()) {
            ledger = ledger.plus(left("training examples", raw.train().count(), used, reasons));
        }
        if (cutOff == 0) {
            ledger = heldOut(ledger, "validation examples", raw.validation(), validation, spec);
        }
        return heldOut(ledger, "test examples", raw.test(), test, spec);
    }

    private static Ledger heldOut(
            Ledger ledger, String what, Optional<Split> before, Optional<Selection> after, DataSpec spec) {
        long found = before.map(Split::count).orElse(0);
        long used = after.map(Selection::count).orElse(0);
        return found == used
                ? ledger
                : ledger.plus(left(
                        what,
                        found,
                        used,
                        List.of(new Ledger.Reason(found - used, "not of data.classes " + spec.classes()))));
    }

    private static Ledger.Entry left(String source, long found, long used, List<Ledger.Reason> reasons) {
        return new Ledger.Entry(source, "examples", found, used, List.of(), reasons, List.of());
    }

    private static void checkFinite(Dataset data, Split split, SplitName name) {
        SharedArray inputs = split.inputs();
        int count = inputs.shape().count();
        for (int i = 0; i < count; i++) {
            if (!Double.isFinite(inputs.get(i))) {
                int size = inputs.shape().inner(0);
                throw new UserError(data.feature(i % size) + " of " + name.text() + " example " + i / size + " is "
                        + inputs.get(i) + "; examples must be finite numbers: look at the files and data.standardize");
            }
        }
    }

    /** The places of the classes that a spec names by their labels. */
    private static List<Integer> chosenClasses(Dataset raw, DataSpec spec) {
        if (!(raw.target() instanceof TargetKind.Classes)) {
            throw new UserError("data.classes chooses classes, but the targets of " + raw.description() + " are "
                    + raw.target().words() + "; leave data.classes out");
        }
        List<Integer> places = spec.classes().stream()
                .map(word -> place(raw, word, spec.source().numberedClasses()))
                .toList();
        if (places.stream().distinct().count() < places.size()) {
            throw new UserError("data.classes must name each class once, found " + spec.classes());
        }
        return places;
    }

    private static int place(Dataset raw, Word word, boolean numbered) {
        int named = raw.classNames().indexOf(word.text());
        if (named >= 0) {
            return named;
        }
        int number = numbered ? word.whole().orElse(-1) : -1;
        if (number >= 0 && number < raw.classes()) {
            return number;
        }
        throw new UserError("data.classes names class " + word + ", but the classes of " + raw.description() + " are "
                + listed(raw.classNames()) + "; classes are named by their labels");
    }

    private static String listed(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
    }

    private static void checkEveryClass(int[] counts, List<String> names) {
        if (names.size() < 2) {
            throw new UserError("a classifier needs at least 2 classes, found " + names.size() + " (" + names + ")");
        }
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0) {
                List<String> present = IntStream.range(0, counts.length)
                        .filter(i -> counts[i] > 0)
                        .mapToObj(names::get)
                        .toList();
                throw new UserError("class " + called(c, names) + " has no training example; "
                        + (present.size() < 2
                                ? "a classifier needs some of at least 2 classes, found " + present
                                        + "; give more training examples"
                                : "keep the classes that have some with data.classes: " + present));
            }
        }
    }

    private static Selection perClass(
            Selection train, int wanted, List<String> names, Dataset raw, RandomStream split) {
        if (!(raw.target() instanceof TargetKind.Classes)) {
            throw new UserError("data.perClass counts examples of a class, but the targets are "
                    + raw.target().words() + "; leave it out");
        }
        int[] counts = train.counts(names.size());
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] < wanted) {
                throw new UserError("data.perClass asks for " + wanted + " training examples of each class, but class "
                        + called(c, names) + " has " + counts[c] + "; the most possible is "
                        + Arrays.stream(counts).min().orElse(0));
            }
        }
        int[] quotas = new int[counts.length];
        Arrays.fill(quotas, wanted);
        return train.where(train.choose(quotas, split, PER_CLASS), true);
    }

    private static Selection imbalanced(
            Selection train, List<Integer> wanted, List<String> names, Dataset raw, RandomStream split) {
        if (!(raw.target() instanceof TargetKind.Classes)) {
            throw new UserError("data.imbalance counts examples of a class, but the targets are "
                    + raw.target().words() + "; leave it out");
        }
        if (wanted.size() != names.size()) {
            throw new UserError("data.imbalance: expected one number for each of the " + names.size()
                    + " classes, found " + wanted.size() + ": " + wanted);
        }
        int[] counts = train.counts(names.size());
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] < wanted.get(c)) {
                throw new UserError("data.imbalance asks for " + wanted.get(c) + " training examples of class "
                        + called(c, names) + ", which has " + counts[c]);
            }
        }
        int[] quotas = wanted.stream().mapToInt(Integer::intValue).toArray();
        return train.where(train.choose(quotas, split, PER_CLASS), true);
    }

    private static boolean[] heldOut(Selection train, int wanted, List<String> names, RandomStream split) {
        if (wanted >= train.count()) {
            throw new UserError("data.validation holds out " + wanted + " examples, but only " + train.count()
                    + " training examples are there and some must remain; hold out fewer");
        }
        if (names.isEmpty()) {
            boolean[] held = new boolean[train.count()];
            int[] order = split.permutation(VALIDATION, train.count());
            for (int i = 0; i < wanted; i++) {
                held[order[i]] = true;
            }
            return held;
        }
        int[] quotas = Selection.proportional(train.counts(names.size()), wanted);
        return train.choose(quotas, split, VALIDATION);
    }

    private static String called(int index, List<String> names) {
        String name = names.get(index);
        return name.equals(Integer.toString(index)) ? name : index + " (" + name + ")";
    }
}
