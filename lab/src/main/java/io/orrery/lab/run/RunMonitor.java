package io.orrery.lab.run;

/** Watches a run from outside: progress for people, and a way to ask it to stop. Called from the run's thread. */
public interface RunMonitor {
    /** Called now and then (at most every 100 ms or so). */
    void progress(Progress progress);

    /** Whether the run should write a checkpoint and end. */
    boolean stopRequested();

    /** Watches nothing and never stops. */
    RunMonitor NONE = new RunMonitor() {
        @Override
        public void progress(Progress progress) {}

        @Override
        public boolean stopRequested() {
            return false;
        }
    };
}
