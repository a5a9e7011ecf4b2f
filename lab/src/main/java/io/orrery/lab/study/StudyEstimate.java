package io.orrery.lab.study;

import io.orrery.engine.worker.Workers;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.spec.RunPlan;
import io.orrery.lab.spec.Spec;
import io.orrery.lab.spec.StudyPlan;
import io.orrery.lab.train.Trainer;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a study would cost, for {@code --dry-run}.
 *
 * @param runs how many runs
 * @param steps updates of all runs
 * @param flops floating-point operations of all updates
 * @param seconds predicted wall time: the first setting is timed for a few seconds, others follow their FLOPs;
 *     instruments count a tenth, the start five seconds
 * @param memoryBytes of the runs that go on at the same time and one copy of each of their data sets
 * @param diskBytes of checkpoints and measurements, roughly
 */
public record StudyEstimate(int runs, long steps, double flops, double seconds, long memoryBytes, long diskBytes) {
    private static final double OBSERVING = 1.1;
    /** Until the JIT has compiled what training and instruments use. */
    private static final double START_SECONDS = 5;

    private static final long LOG_BYTES = 1 << 20;
    private static final int CHECKPOINTS = 4;
    private static final double TRIAL_NANOS = 25e9;
    private static final double SETTLED_NANOS = 1.5e9;
    /** A step of a convolution that is not compiled yet may itself take longer than that. */
    private static final int SETTLED_STEPS = 10;

    private static final double CLEARLY = 0.9;

    /**
     * Estimates a study on so many threads; writes nothing.
     *
     * @throws io.orrery.lab.UserError as {@link StudyRunner#run}
     */
    public static StudyEstimate of(StudyPlan study, int threads) {
        return of(study, threads, OptionalDouble.empty());
    }

    /**
     * Estimates a study whose time is known from elsewhere, so that no step needs to be timed.
     *
     * @param known seconds of the whole study on so many threads; empty to time steps
     */
    public static StudyEstimate of(StudyPlan study, int threads, OptionalDouble known) {
        DatasetCache datasets = new DatasetCache();
        StudyCheck.identify(study.runs(), datasets);
        Map<Spec, Cost> costs = new LinkedHashMap<>();
        double rate = 0;
        long steps = 0;
        double flops = 0;
        long disk = 0;
        long largest = 0;
        for (RunPlan plan : study.runs()) {
            Cost cost = costs.get(plan.spec());
            if (cost == null) {
                Trainer trainer = new Trainer(
                        plan.spec(),
                        plan.seed(),
                        datasets.load(
                                plan.spec().data(), plan.seed(), plan.spec().precision()),
                        List.of(),
                        Workers.single());
                cost = Cost.of(trainer);
                costs.put(plan.spec(), cost);
                if (rate == 0 && known.isEmpty()) {
                    rate = cost.flopsPerStep / secondsPerStep(trainer);
                }
            }
            steps += cost.steps;
            flops += (double) cost.flopsPerStep * cost.steps;
            disk += cost.stateBytes * CHECKPOINTS + LOG_BYTES;
            largest = Math.max(largest, cost.memoryBytes);
        }
        int together = Math.max(1, Math.min(threads, study.runs().size()));
        double seconds = known.isPresent() ? known.getAsDouble() : START_SECONDS + flops / rate * OBSERVING / together;
        return new StudyEstimate(study.runs().size(), steps, flops, seconds, largest * together, disk);
    }

    private record Cost(long steps, long flopsPerStep, long stateBytes, long memoryBytes) {
        static Cost of(Trainer trainer) {
            long state = (long) trainer.state().layout().length()
                    * trainer.state().layout().precision().bytes();
            // The state, its copy at step 0, the plan of the step and about as much for observations.
            long memory =
                    2 * state + 2 * trainer.plan().arenaBytes() + trainer.plan().scratchBytes() + trainer.dataBytes();
            return new Cost(trainer.totalSteps(), Math.max(1, trainer.plan().flops()), state, memory);
        }
    }

    /**
     * The shortest step until none was clearly shorter for a while. Kernels run ten to a hundred times slower until the JIT
     * has compiled them, so a mean would be that of the start. The while is counted in this thread's processor time: where
     * other work takes the processor, the compiler waits as long as this thread does.
     */
    private static double secondsPerStep(Trainer trainer) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        boolean metered = threads.isCurrentThreadCpuTimeSupported() && threads.isThreadCpuTimeEnabled();
        long start = System.nanoTime();
        long shortest = Long.MAX_VALUE;
        long before = start;
        long spent = metered ? threads.getCurrentThreadCpuTime() : start;
        long improved = spent;
        int since = 0;
        while ((spent - improved < SETTLED_NANOS || since < SETTLED_STEPS) && before - start < TRIAL_NANOS) {
            boolean whole = trainer.beforeWholeBatch();
            trainer.advance();
            long now = System.nanoTime();
            since++;
            spent = metered ? threads.getCurrentThreadCpuTime() : now;
            if (whole && now - before < shortest) {
                if (now - before < CLEARLY * shortest) {
                    improved = spent;
                    since = 0;
                }
                shortest = now - before;
            }
            before = now;
        }
        return shortest * 1e-9;
    }
}
