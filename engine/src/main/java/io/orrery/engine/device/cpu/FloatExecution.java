package io.orrery.engine.device.cpu;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.plan.Call;
import io.orrery.engine.plan.Execution;
import io.orrery.engine.plan.Plan;
import io.orrery.engine.plan.Work;
import io.orrery.engine.state.SharedArray;
import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import java.util.List;

/** Runs a plan: its calls one after the other, the large ones divided among the workers. */
final class FloatExecution implements Execution {
    private final Plan plan;
    private final long seed;
    private final Workers workers;
    private final FloatMemory memory;
    private final float[] scratch;
    private final FloatStep[] steps;
    private final boolean[] divided;
    private final Inputs inputs;

    FloatExecution(Plan plan, State state, long seed, Workers workers) {
        this.plan = plan;
        this.seed = seed;
        this.workers = workers;
        this.memory = new FloatMemory(plan, state);
        this.inputs = new Inputs(plan.storages());
        List<Call> calls = plan.calls();
        this.divided = new boolean[calls.size()];
        int longest = 0;
        for (int i = 0; i < divided.length; i++) {
            Call call = calls.get(i);
            divided[i] = workers.threads() > 1 && Work.isLarge(call, plan.precision());
            longest = Math.max(longest, FloatBinder.scratchLength(call, divided[i] ? workers.threads() : 1));
        }
        this.scratch = new float[longest];
        this.steps = new FloatStep[calls.size()];
        bindSteps();
    }

    private void bindSteps() {
        FloatBinder binder = new FloatBinder(memory, scratch, seed, workers);
        for (int i = 0; i < steps.length; i++) {
            steps[i] = binder.bind(plan.calls().get(i), divided[i]);
        }
    }

    @Override
    public void set(String input, double... values) {
        Inputs.Entry entry = inputs.of(input, ElementType.REAL);
        entry.requireLength(values.length);
        float[] array = ownReals(entry);
        for (int i = 0; i < values.length; i++) {
            array[i] = (float) values[i];
        }
    }

    @Override
    public void setScalar(String input, double value) {
        Inputs.Entry entry = inputs.of(input, ElementType.REAL);
        entry.requireLength(1);
        ownReals(entry)[0] = (float) value;
    }

    private float[] ownReals(Inputs.Entry entry) {
        if (entry.claim()) {
            memory.replace(entry.storage(), new float[entry.length()]);
            bindSteps();
        }
        return memory.realInput(entry.storage());
    }

    private int[] ownIndices(Inputs.Entry entry) {
        if (entry.claim()) {
            memory.replaceIndices(entry.storage(), new int[entry.length()]);
            bindSteps();
        }
        return memory.indexInput(entry.storage());
    }

    @Override
    public void setIndices(String input, int[] values, int from) {
        Inputs.Entry entry = inputs.of(input, ElementType.INDEX);
        entry.requireRange(values.length, from);
        System.arraycopy(values, from, ownIndices(entry), 0, entry.length());
    }

    @Override
    public void setIndex(String input, int value) {
        Inputs.Entry entry = inputs.of(input, ElementType.INDEX);
        entry.requireLength(1);
        ownIndices(entry)[0] = value;
    }

    @Override
    public void share(String input, SharedArray array) {
        Inputs.Entry entry = inputs.of(input, ElementType.REAL);
        entry.requireShape(array.shape());
        if (array.precision() != plan.precision()) {
            throw new IllegalArgumentException("input '" + input + "' needs an array of precision " + plan.precision()
                    + ", found " + array.precision());
        }
        entry.lend();
        if (memory.realInput(entry.storage()) != Blocks.floats(array)) {
            memory.replace(entry.storage(), Blocks.floats(array));
            bindSteps();
        }
    }

    @Override
    public void shareIndices(String input, int[] values) {
        Inputs.Entry entry = inputs.of(input, ElementType.INDEX);
        entry.requireLength(values.length);
        entry.lend();
        if (memory.indexInput(entry.storage()) != values) {
            memory.replaceIndices(entry.storage(), values);
            bindSteps();
        }
    }

    @Override
    public void run() {
        inputs.requireAllSet();
        for (int i = 0; i < steps.length; i++) {
            if (divided[i] && !(steps[i] instanceof FloatImageChain)) {
                workers.run(steps[i]);
            } else {
                steps[i].run(0, 1);
            }
        }
    }

    @Override
    public double scalar(String output) {
        Plan.Output result = real(output);
        if (result.shape().count() != 1) {
            throw new IllegalArgumentException(
                    "output '" + output + "' is not a scalar but has shape " + result.shape());
        }
        return memory.reals(result.buffer())[memory.offset(result.buffer())];
    }

    @Override
    public double[] read(String output) {
        double[] values = new double[real(output).shape().count()];
        read(output, values, 0);
        return values;
    }

    @Override
    public void read(String output, double[] target, int from) {
        Plan.Output result = real(output);
        int count = result.shape().count();
        if (from < 0 || from > target.length - count) {
            throw new IllegalArgumentException("output '" + output + "' has " + count + " values, which do not fit "
                    + target.length + " from position " + from);
        }
        float[] source = memory.reals(result.buffer());
        int offset = memory.offset(result.buffer());
        for (int i = 0; i < count; i++) {
            target[from + i] = source[offset + i];
        }
    }

    @Override
    public int[] readIndices(String output) {
        Plan.Output result = Outputs.of(plan, output, ElementType.INDEX);
        int offset = memory.offset(result.buffer());
        return java.util.Arrays.copyOfRange(
                memory.indices(result.buffer()), offset, offset + result.shape().count());
    }

    private Plan.Output real(String output) {
        return Outputs.of(plan, output, ElementType.REAL);
    }
}
