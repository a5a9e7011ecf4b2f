package io.orrery.bench;

import io.orrery.lab.setup.Spec;

/** Learning rates of the documented schedules, written out a second time. */
final class Schedule {
    private final Spec spec;
    private final double steps;

    Schedule(Spec spec) {
        this.spec = spec;
        this.steps = spec.stop().steps().orElseThrow();
    }

    double rate(int step) {
        double full = spec.optimizer().learningRate();
        int warmup = spec.schedule().warmup();
        if (step < warmup) {
            return full * (step + 1) / warmup;
        }
        return full
                * switch (spec.schedule().kind()) {
                    case CONSTANT -> 1;
                    case STEP ->
                        Math.pow(
                                spec.schedule().factor(),
                                spec.schedule().milestones().stream()
                                        .filter(milestone -> step >= milestone * steps)
                                        .count());
                    case COSINE -> {
                        double last = spec.schedule().finalFactor();
                        double angle = Math.PI * (step - warmup) / (steps - 1 - warmup);
                        yield last + (1 - last) * (1 + Math.cos(angle)) / 2;
                    }
                };
    }
}
