package io.orrery.lab.study;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.book.Checkpoint;
import io.orrery.lab.file.Safetensors;
import io.orrery.lab.model.PyTorchWeights;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.RunIdentity;
import java.util.List;

/** The classifier that a run had at a checkpoint, for other tools. */
public final class RunWeights {
    private RunWeights() {}

    /**
     * The weights as the network uses them, under PyTorch's names: scales and magnitudes are multiplied in.
     *
     * @throws io.orrery.lab.UserError if the data of the run cannot be loaded, which say how many inputs and outputs there
     *     are, or the checkpoint does not fit
     */
    public static Safetensors of(RunIdentity run, Checkpoint checkpoint) {
        try (Workers workers = Workers.single()) {
            Trainer trainer = new Trainer(
                    run.spec(),
                    run.seed(),
                    run.spec().data().load(run.seed(), run.spec().precision()),
                    List.of(),
                    workers);
            trainer.resume(checkpoint.step(), checkpoint.cursor(), checkpoint::restore);
            return PyTorchWeights.plain(trainer.network(), trainer.state());
        }
    }
}
