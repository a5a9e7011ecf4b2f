package io.orrery.bench;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.run.Trainer;
import java.util.List;

/** Runs on scribbles as the lab trains them, for what is measured of whole runs. */
record DefaultRun(Spec spec, Dataset data) {
    /** Two hidden layers of a width; a tenth as many test examples as training examples. */
    static DefaultRun of(int width, int examples) {
        Spec spec = SpecDocument.of(
                        "data: {source: scribbles, train: " + examples + ", test: " + examples / 10 + ", seed: 1}\n"
                                + "model: {kind: mlp, widths: [" + width + ", " + width + "]}\n",
                        "the bench")
                .spec();
        return new DefaultRun(spec, spec.data().load(1));
    }

    /** One run on the shared data. */
    Trainer trainer(long seed, List<Instrument> instruments) {
        return new Trainer(spec, seed, data, instruments, Workers.single());
    }
}
