package io.orrery.lab.observe.reading;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.data.set.Split;
import io.orrery.lab.observe.Reading;
import io.orrery.lab.observe.Sizes;
import io.orrery.lab.observe.Subject;
import io.orrery.lab.theory.bound.InputNorms;

/** Norms of the whole training split's inputs, the same at every step: computed once in a run. */
public record InputNormsReading() implements Reading<InputNorms> {
    @Override
    public String name() {
        return "norms of inputs";
    }

    @Override
    public double flops(Sizes sizes) {
        return 0;
    }

    @Override
    public Reader<InputNorms> over(Subject subject) {
        Split train = subject.data().train();
        Shape example = subject.data().exampleShape();
        int channels = example.rank() == 3 ? example.size(0) : 1;
        InputNorms norms = InputNorms.of(train.count(), channels, example.count() / channels, train.inputs()::read);
        return _ -> norms;
    }
}
