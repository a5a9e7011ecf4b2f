package io.orrery.lab.claim.trial;

import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.Progress;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.study.StudyListener;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts runs that begin. */
record Counting(AtomicInteger begun) implements StudyListener {
    @Override
    public void started(RunIdentity run, long step, long totalSteps) {
        begun.incrementAndGet();
    }

    @Override
    public void progress(RunIdentity run, Progress progress) {}

    @Override
    public void measured(RunIdentity run, List<Measurement> measurements) {}

    @Override
    public void ended(RunIdentity run, RunEnd end) {}
}
