package io.orrery.lab.study;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.book.RunWriter;
import io.orrery.lab.data.DataSpec;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.model.ModelSpec;
import io.orrery.lab.run.LookCosts;
import io.orrery.lab.run.LookForecast;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.MeasureSpec;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.StudyPlan;
import io.orrery.lab.train.StopSpec;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a study would cost, for {@code --dry-run}.
 *
 * @param runs how many runs
 * @param steps updates of all runs
 * @param flops floating-point operations of all updates
 * @param seconds predicted wall time: the first setting is timed for a few seconds, others follow their FLOPs;
 *     instruments count what {@link io.orrery.lab.run.LookCosts} predicts, the start five seconds
 * @param memoryBytes of the runs that go on at the same time, one copy of each of their data sets, and what the report
 *     reads of all runs
 * @param diskBytes of the logs, the checkpoints that lie there at the same time, and the report
 * @param logBytes of the logs alone
 * @param looks of the instruments in all runs
 * @param measuring in words: what measuring a run costs and which readings it leaves out, by setting where that differs
 */
public record StudyEstimate(
        int runs,
        long steps,
        double flops,
        double seconds,
        long memoryBytes,
        long diskBytes,
        long logBytes,
        long looks,
        List<String> measuring) {
    /** Until the JIT has compiled what training and instruments use. */
    private static final double START_SECONDS = 5;

    /** The page without numbers, most of it the library that draws. */
    private static final long PAGE_BYTES = 400_000;
    /** What a number takes in a page, and in memory while the page is written. */
    private static final long PAGE_BYTES_PER_NUMBER = 8;

    private static final long MEMORY_PER_NUMBER = 100;
    /** Checkpoints of a run that does not say how many it wants. */
    private static final int USUAL_CHECKPOINTS = 10;
    /** What identity, specs and the end of a run take. */
    private static final long RUN_BYTES = 8_000;

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
        Map<Recorded, LookForecast> forecasts = new HashMap<>();
        double rate = 0;
        long steps = 0;
        double flops = 0;
        double observed = 0;
        Set<String> measuring = new LinkedHashSet<>();
        long disk = PAGE_BYTES;
        long log = 0;
        long looks = 0;
        long largest = 0;
        long readings = 0;
        for (RunPlan plan : study.runs()) {
            Cost cost = costs.get(plan.spec());
            if (cost == null) {
                Trainer trainer = new Trainer(
                        plan.spec(),
                        plan.seed(),
                        datasets.load(
                                plan.spec().data(), plan.seed(), plan.spec().precision()),
                        Instruments.named(plan.spec().measure().instruments()),
                        Workers.single());
                if (rate == 0 && known.isEmpty()) {
                    rate = Math.max(1, trainer.plan().flops()) / secondsPerStep(trainer);
                }
                LookForecast forecast =
                        forecasts.computeIfAbsent(Recorded.of(plan.spec()), _ -> trainer.forecast(RunWriter::logBytes));
                cost = Cost.of(trainer, plan.spec(), forecast);
                costs.put(plan.spec(), cost);
                measuring.addAll(cost.looks.sentences());
            }
            steps += cost.steps;
            flops += (double) cost.flopsPerStep * cost.steps;
            observed += (double) cost.flopsPerStep * cost.steps * cost.looks.share();
            log += cost.log.bytes();
            looks += cost.log.looks();
            disk += RUN_BYTES
                    + cost.log.bytes()
                    + cost.checkpoints * cost.stateBytes
                    + PAGE_BYTES_PER_NUMBER * cost.shownNumbers;
            readings += MEMORY_PER_NUMBER * cost.shownNumbers;
            largest = Math.max(largest, cost.memoryBytes);
        }
        int together = Math.max(1, Math.min(threads, study.runs().size()));
        double seconds = known.isPresent() ? known.getAsDouble() : START_SECONDS + (flops + observed) / rate / together;
        return new StudyEstimate(
                study.runs().size(),
                steps,
                flops,
                seconds,
                largest * together + readings,
                disk,
                log,
                looks,
                List.copyOf(measuring));
    }

    /** What the size of a log depends on: settings that differ otherwise record as much. */
    private record Recorded(DataSpec data, ModelSpec model, StopSpec stop, MeasureSpec measure, Precision precision) {
        static Recorded of(Spec spec) {
            return new Recorded(spec.data(), spec.model(), spec.stop(), spec.measure(), spec.precision());
        }
    }

    /**
     * What one run costs.
     *
     * @param checkpoints that lie on the disk at the same time
     * @param shownNumbers of the measurements that a report reads
     */
    private record Cost(
            long steps,
            long flopsPerStep,
            long stateBytes,
            long memoryBytes,
            LookForecast log,
            LookCosts looks,
            long checkpoints,
            long shownNumbers) {
        static Cost of(Trainer trainer, Spec spec, LookForecast log) {
            long state = (long) trainer.state().layout().length()
                    * trainer.state().layout().precision().bytes();
            // The state, its copy at step 0, the plan of the step and about as much for observations.
            long memory = 2 * state + trainer.plan().arenaBytes() + trainer.workingBytes() + trainer.dataBytes();
            long steps = trainer.totalSteps();
            long checkpoints = spec.measure().checkpointEvery().isPresent()
                    ? steps / spec.measure().checkpointEvery().getAsLong() + 1
                    : USUAL_CHECKPOINTS;
            return new Cost(
                    steps,
                    Math.max(1, trainer.plan().flops()),
                    state,
                    memory,
                    log,
                    trainer.lookCosts(),
                    RunWriter.checkpointsAtOnce(checkpoints),
                    RunWriter.shownNumbers(log.numbers(), log.looks()));
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
