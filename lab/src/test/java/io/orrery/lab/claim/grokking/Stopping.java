package io.orrery.lab.claim.grokking;

import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Evaluation;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.Progress;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.study.StudyListener;
import java.util.List;

/** Asks for an end, as Ctrl-C does, once the first evaluation is kept. */
record Stopping(ClaimRunner runner) implements StudyListener {
    @Override
    public void computed(Evaluation evaluation, double seconds) {
        runner.requestStop();
    }

    @Override
    public void started(RunIdentity run, long step, long totalSteps) {}

    @Override
    public void progress(RunIdentity run, Progress progress) {}

    @Override
    public void measured(RunIdentity run, List<Measurement> measurements) {}

    @Override
    public void ended(RunIdentity run, RunEnd end) {}
}
