package io.orrery.lab.train;

/**
 * The learning rate of every update. Warm-up rises linearly to the full rate at its last step. Milestones are fractions of
 * the whole run. The cosine (Loshchilov and Hutter 2017) runs from the end of warm-up and reaches its final factor at the
 * last update. StrictMath only: the same bits on every machine.
 * For use by one thread.
 */
public final class LearningRate {
    private final double base;
    private final ScheduleSpec spec;
    private final long totalSteps;

    private long summedSteps;
    private double sum;

    /** Rates of a run of so many steps. */
    public LearningRate(double base, ScheduleSpec spec, long totalSteps) {
        this.base = base;
        this.spec = spec;
        this.totalSteps = totalSteps;
    }

    /** Whether every update has the same rate. */
    public boolean constant() {
        return spec.kind() == ScheduleSpec.Kind.CONSTANT && spec.warmup() == 0;
    }

    /** The rate of the update that follows a step. */
    public double at(long step) {
        if (step < spec.warmup()) {
            return base * ((step + 1.0) / spec.warmup());
        }
        return base
                * switch (spec.kind()) {
                    case CONSTANT -> 1;
                    case STEP -> {
                        double factor = 1;
                        for (double milestone : spec.milestones()) {
                            factor *= step >= milestone * totalSteps ? spec.factor() : 1;
                        }
                        yield factor;
                    }
                    case COSINE -> {
                        double span = Math.max(1, totalSteps - 1 - spec.warmup());
                        double progress = Math.min(1, (step - spec.warmup()) / span);
                        double high = 0.5 * (1 + StrictMath.cos(Math.PI * progress));
                        yield spec.finalFactor() + (1 - spec.finalFactor()) * high;
                    }
                };
    }

    /** The sum of the rates of all updates before a step: the time of gradient flow. */
    public double timeAt(long step) {
        if (constant()) {
            return step * base;
        }
        if (step < summedSteps) {
            summedSteps = 0;
            sum = 0;
        }
        while (summedSteps < step) {
            sum += at(summedSteps++);
        }
        return sum;
    }
}
