package io.orrery.lab.run;

import io.orrery.engine.device.Device;
import io.orrery.engine.device.cpu.Cpu;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.state.SharedArray;
import io.orrery.engine.state.State;

/** A device that counts what it is asked for and leaves the work to one thread of this machine. */
final class CountingDevice implements Device {
    private int bound;
    private long runs;
    private long writingRuns;

    /** Plans bound. */
    int bound() {
        return bound;
    }

    /** Runs of plans. */
    long runs() {
        return runs;
    }

    /** Runs of plans that write the state. */
    long writingRuns() {
        return writingRuns;
    }

    @Override
    public String name() {
        return "one thread, counted";
    }

    @Override
    public Execution bind(Plan plan, State state, long seed) {
        bound++;
        return new Counted(plan, Cpu.single().bind(plan, state, seed));
    }

    @Override
    public long scratchBytes(Plan plan) {
        return Cpu.single().scratchBytes(plan);
    }

    private final class Counted implements Execution {
        private final Plan plan;
        private final Execution execution;

        private Counted(Plan plan, Execution execution) {
            this.plan = plan;
            this.execution = execution;
        }

        @Override
        public void run() {
            runs++;
            writingRuns += plan.writesState() ? 1 : 0;
            execution.run();
        }

        @Override
        public void set(String input, double... values) {
            execution.set(input, values);
        }

        @Override
        public void setScalar(String input, double value) {
            execution.setScalar(input, value);
        }

        @Override
        public void setIndices(String input, int[] values, int from) {
            execution.setIndices(input, values, from);
        }

        @Override
        public void setIndex(String input, int value) {
            execution.setIndex(input, value);
        }

        @Override
        public void share(String input, SharedArray array) {
            execution.share(input, array);
        }

        @Override
        public void shareIndices(String input, int[] values) {
            execution.shareIndices(input, values);
        }

        @Override
        public double scalar(String output) {
            return execution.scalar(output);
        }

        @Override
        public double[] read(String output) {
            return execution.read(output);
        }

        @Override
        public void read(String output, double[] target, int from) {
            execution.read(output, target, from);
        }

        @Override
        public int[] readIndices(String output) {
            return execution.readIndices(output);
        }
    }
}
