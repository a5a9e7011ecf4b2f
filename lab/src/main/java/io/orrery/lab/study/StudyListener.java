package io.orrery.lab.study;

import io.orrery.lab.compute.ComputationListener;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.Progress;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import java.util.List;

/** Told what happens in a study, and of a claim also what is computed. Called from the threads of the runs: implementations synchronize on their own. */
public interface StudyListener extends ComputationListener {
    /** Who is told when data files take long to read. */
    default FilesRead.Progress reading() {
        return FilesRead.Progress.SILENT;
    }

    /** A run begins (or resumes at a step above 0). */
    void started(RunIdentity run, long step, long totalSteps);

    /** Where a run is. */
    void progress(RunIdentity run, Progress progress);

    /** One look of the instruments. */
    void measured(RunIdentity run, List<Measurement> measurements);

    /** Something the user should know of a run that goes on, such as a damaged checkpoint that was passed over. */
    default void noted(RunIdentity run, String note) {}

    /** A run ended; others go on. */
    void ended(RunIdentity run, RunEnd end);

    /** A run could not go on for another reason than divergence; others go on. */
    default void failed(RunIdentity run, RuntimeException reason) {}

    /** Hears nothing. */
    StudyListener SILENT = new StudyListener() {
        @Override
        public void started(RunIdentity run, long step, long totalSteps) {}

        @Override
        public void progress(RunIdentity run, Progress progress) {}

        @Override
        public void measured(RunIdentity run, List<Measurement> measurements) {}

        @Override
        public void ended(RunIdentity run, RunEnd end) {}
    };
}
