package io.orrery.lab.recomputed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.orrery.engine.state.State;
import io.orrery.engine.worker.Workers;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.recomputed.Expected.Key;
import io.orrery.lab.recomputed.Expected.Reading;
import io.orrery.lab.recomputed.SmallRuns.SmallRun;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.run.RunMonitor;
import io.orrery.lab.run.TestRecorder;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.train.ScheduleSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every quantity of every instrument once more: what small runs measured, against plain loops written from the definitions
 * of docs/measurements.md and the literature, on the runs' arrays and examples alone. Nothing of the instruments, of the theory
 * or of the engine's kernels takes part. Which examples are looked at (random streams by name) is taken from the run.
 *
 * <p>Both must have the same series, and numbers agree to 1e-9 of themselves, where {@link Expected} does not say more.
 */
final class RecomputedTest {
    @TestFactory
    Stream<DynamicTest> everyQuantityOfEveryInstrument() {
        Set<String> compared = new TreeSet<>();
        Stream<DynamicTest> runs =
                SmallRuns.all().stream().map(run -> dynamicTest(run.name(), () -> compare(run, compared)));
        return Stream.concat(
                runs,
                Stream.of(dynamicTest(
                        "none is left out",
                        () -> assertThat(declared())
                                .as(
                                        "quantities that instruments name, and those that were recomputed to a finite number")
                                .isEqualTo(compared))));
    }

    private static Set<String> declared() {
        Set<String> declared = new TreeSet<>();
        for (Instrument instrument : Instruments.all()) {
            instrument.quantities().forEach(quantity -> declared.add(instrument.name() + "." + quantity));
        }
        return declared;
    }

    private static void compare(SmallRun run, Set<String> compared) {
        Spec spec = run.spec().build();
        List<Instrument> instruments = Instruments.named(spec.measure().instruments());
        Trainer trainer = new Trainer(spec, SmallRuns.SEED, run.data(), instruments, Workers.single());
        State initial = trainer.state().copy();
        TestRecorder recorder = new TestRecorder();
        assertThat(trainer.run(recorder, RunMonitor.NONE).status()).isEqualTo(RunEnd.Status.DONE);
        Map<Long, State> states = new HashMap<>(Map.of(0L, initial, trainer.step(), trainer.state()));
        recorder.checkpoints.forEach(kept -> states.putIfAbsent(kept.step(), kept.state()));
        List<String> wrong = new ArrayList<>();
        for (long step : Stream.concat(spec.measure().at().stream(), run.between().stream())
                .toList()) {
            State state = states.get(step);
            assertThat(state).as("state at step " + step).isNotNull();
            Moment moment = new Moment(spec, SmallRuns.SEED, run.data(), step, time(spec, step), state, initial);
            for (Recomputation recomputation : Recomputations.all()) {
                if (instruments.stream().anyMatch(each -> each.name().equals(recomputation.instrument()))) {
                    List<Measurement> measured = recorder.measurements.stream()
                            .filter(each ->
                                    each.step() == step && each.instrument().equals(recomputation.instrument()))
                            .toList();
                    compare(recomputation, moment, measured, wrong, compared);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static void compare(
            Recomputation recomputation,
            Moment moment,
            List<Measurement> measurements,
            List<String> wrong,
            Set<String> compared) {
        Expected expected = new Expected();
        recomputation.expect(moment, expected);
        Map<Key, List<Double>> measured = new LinkedHashMap<>();
        for (Measurement each : measurements) {
            assertThat(measured.put(new Key(each.quantity(), each.layer(), each.split()), each.values()))
                    .as(each.series() + " twice")
                    .isNull();
        }
        String where = recomputation.instrument() + " at step " + moment.step + ": ";
        expected.readings().forEach((key, reading) -> {
            List<Double> values = measured.remove(key);
            if (values == null) {
                wrong.add(where + key + " was not measured");
            } else if (!agree(reading, values)) {
                wrong.add(where + key + " measured " + values + ", recomputed " + List.of(box(reading.values())));
            } else if (values.stream().allMatch(Double::isFinite)) {
                compared.add(recomputation.instrument() + "." + key.quantity());
            }
        });
        measured.forEach((key, values) -> wrong.add(where + key + " has no recomputation: " + values));
    }

    private static Double[] box(double[] values) {
        return java.util.Arrays.stream(values).boxed().toArray(Double[]::new);
    }

    private static boolean agree(Reading reading, List<Double> values) {
        if (values.size() != reading.values().length) {
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            double expected = reading.values()[i];
            double found = values.get(i);
            boolean same = Double.isNaN(expected)
                    ? Double.isNaN(found)
                    : Math.abs(found - expected) <= reading.absolute() + reading.relative() * Math.abs(expected);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** The sum of the learning rates before a step, as docs/spec.md describes schedules. */
    private static double time(Spec spec, long step) {
        ScheduleSpec schedule = spec.schedule();
        double total = spec.stop().steps().orElseThrow();
        double sum = 0;
        for (long s = 0; s < step; s++) {
            double factor = 1;
            if (s < schedule.warmup()) {
                factor = (s + 1.0) / schedule.warmup();
            } else if (schedule.kind() == ScheduleSpec.Kind.COSINE) {
                double progress = (s - schedule.warmup()) / (total - 1 - schedule.warmup());
                factor = schedule.finalFactor()
                        + (1 - schedule.finalFactor()) * (1 + StrictMath.cos(Math.PI * progress)) / 2;
            } else if (schedule.kind() == ScheduleSpec.Kind.STEP) {
                for (double milestone : schedule.milestones()) {
                    factor *= s >= milestone * total ? schedule.factor() : 1;
                }
            }
            sum += factor * spec.optimizer().learningRate();
        }
        return sum;
    }
}
