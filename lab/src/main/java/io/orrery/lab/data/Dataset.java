package io.orrery.lab.data;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Examples ready for training: loaded, transformed and split.
 *
 * @param exampleShape [features] or [channels, height, width]
 * @param labels what the integers of the splits mean
 * @param classes number of classes; for {@link Labels#BITS} the number of bits, each an output of its own
 * @param classNames one per class
 * @param files SHA-256 of every file read, by name: part of the run id
 */
public record Dataset(
        String description,
        Shape exampleShape,
        Labels labels,
        int classes,
        List<String> classNames,
        Split train,
        Optional<Split> validation,
        Optional<Split> test,
        Map<String, String> files) {

    /** What the integer label of an example means. */
    public enum Labels {
        /** The class, from 0. */
        CLASS,
        /** Bit i is the wanted value (0 or 1) of output i. */
        BITS
    }

    /** The same data in another precision (this data set itself if all of it is in it already). */
    public Dataset in(Precision precision) {
        Split otherTrain = train.in(precision);
        Optional<Split> otherValidation = validation.map(split -> split.in(precision));
        Optional<Split> otherTest = test.map(split -> split.in(precision));
        return otherTrain.equals(train) && otherValidation.equals(validation) && otherTest.equals(test)
                ? this
                : new Dataset(
                        description,
                        exampleShape,
                        labels,
                        classes,
                        classNames,
                        otherTrain,
                        otherValidation,
                        otherTest,
                        files);
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
