package io.orrery.lab.data.set;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.file.SourceFile;
import io.orrery.lab.text.Shown;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Examples ready for training: loaded, transformed and split.
 *
 * @param exampleShape [features] or [channels, height, width]
 * @param target what the targets of the splits mean
 * @param sources every file read
 * @param ledger what became of what was found in them
 * @param featureNames one per feature, or empty if they have none
 */
public record Dataset(
        String description,
        Shape exampleShape,
        TargetKind target,
        Split train,
        Optional<Split> validation,
        Optional<Split> test,
        List<SourceFile> sources,
        Ledger ledger,
        List<String> featureNames) {
    /** Copies the lists, and refuses targets that are not of the kind that they are said to be. */
    public Dataset {
        sources = List.copyOf(sources);
        featureNames = List.copyOf(featureNames);
        target.check(train.targets(), SplitName.TRAIN.text());
        validation.ifPresent(split -> target.check(split.targets(), SplitName.VALIDATION.text()));
        test.ifPresent(split -> target.check(split.targets(), SplitName.TEST.text()));
    }

    /** Examples whose features have no names. */
    public Dataset(
            String description,
            Shape exampleShape,
            TargetKind target,
            Split train,
            Optional<Split> validation,
            Optional<Split> test,
            List<SourceFile> sources,
            Ledger ledger) {
        this(description, exampleShape, target, train, validation, test, sources, ledger, List.of());
    }

    /** Examples that were generated, from no file. */
    public Dataset(
            String description,
            Shape exampleShape,
            TargetKind target,
            Split train,
            Optional<Split> validation,
            Optional<Split> test) {
        this(description, exampleShape, target, train, validation, test, List.of(), Ledger.EMPTY);
    }

    /** How many classes or bits there are; 0 where targets are neither. */
    public int classes() {
        return target.classes();
    }

    /** Names of the classes or bits; none where targets are neither. */
    public List<String> classNames() {
        return target.names();
    }

    /**
     * The same data in another precision (this data set itself if all of it is in it already).
     *
     * @throws UserError if a number is too large for single precision: it would become infinite
     */
    public Dataset in(Precision precision) {
        Split otherTrain = in(precision, train, SplitName.TRAIN);
        Optional<Split> otherValidation = validation.map(split -> in(precision, split, SplitName.VALIDATION));
        Optional<Split> otherTest = test.map(split -> in(precision, split, SplitName.TEST));
        return otherTrain.equals(train) && otherValidation.equals(validation) && otherTest.equals(test)
                ? this
                : with(otherTrain, otherValidation, otherTest);
    }

    /** The same data with other splits. */
    public Dataset with(Split otherTrain, Optional<Split> otherValidation, Optional<Split> otherTest) {
        return new Dataset(
                description,
                exampleShape,
                target,
                otherTrain,
                otherValidation,
                otherTest,
                sources,
                ledger,
                featureNames);
    }

    /** The same examples with a share of their features (pixels of images) in another random order. */
    public Dataset permuted(RandomStream random, double share) {
        return Permutation.apply(this, random, share);
    }

    /**
     * The examples of some classes, renumbered by their place in the list.
     *
     * @throws UserError if a split has none of them
     */
    public Dataset ofClasses(List<Integer> chosen) {
        return new Dataset(
                description,
                exampleShape,
                new TargetKind.Classes(chosen.stream().map(classNames()::get).toList()),
                ofClasses(train, chosen),
                validation.map(split -> ofClasses(split, chosen)),
                test.map(split -> ofClasses(split, chosen)),
                sources,
                ledger,
                featureNames);
    }

    private Split ofClasses(Split split, List<Integer> chosen) {
        return Selection.all(split).classes(chosen, classes()).split();
    }

    /** The same data with more in the ledger. */
    public Dataset with(Ledger.Entry entry) {
        return new Dataset(
                description, exampleShape, target, train, validation, test, sources, ledger.plus(entry), featureNames);
    }

    private Split in(Precision precision, Split split, SplitName name) {
        Split other = split.in(precision);
        if (precision != Precision.SINGLE || other.equals(split)) {
            return other;
        }
        float[] rounded = other.inputs().singles();
        int size = other.inputs().shape().inner(0);
        for (int i = 0; i < rounded.length; i++) {
            if (Float.isInfinite(rounded[i])) {
                throw new UserError(feature(i % size) + " of " + name.text() + " example " + i / size + " is "
                        + split.inputs().get(i) + ", beyond the largest number in single precision, " + Float.MAX_VALUE
                        + "; standardize the data, scale them in the file, or use precision: double");
            }
        }
        if (split.targets() instanceof Targets.Real(SharedArray before)
                && other.targets() instanceof Targets.Real(SharedArray after)) {
            for (int i = 0; i < after.shape().count(); i++) {
                if (Double.isInfinite(after.get(i))) {
                    throw new UserError("a target of " + name.text() + " example "
                            + i / after.shape().size(1) + " is " + before.get(i)
                            + ", beyond the largest number in single precision, " + Float.MAX_VALUE
                            + "; scale targets in the file, or use precision: double");
                }
            }
        }
        return other;
    }

    /** A feature as people know it: its number in an example, and its name if it has one. */
    public String feature(int number) {
        return featureNames.isEmpty() ? "input " + number : Shown.text(featureNames.get(number));
    }

    /** SHA-256 of every file read, by its part in the spec: see {@link SourceFile#byKey}. */
    public Map<String, String> digests() {
        return SourceFile.byKey(sources);
    }

    /** SHA-256 of every file read, by name: see {@link SourceFile#byName}. */
    public Map<String, String> files() {
        return SourceFile.byName(sources);
    }

    /** A split by name, if the data set has it. */
    public Optional<Split> split(SplitName name) {
        return switch (name) {
            case TRAIN -> Optional.of(train);
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }
}
