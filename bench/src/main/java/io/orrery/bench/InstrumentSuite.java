package io.orrery.bench;

import io.orrery.lab.observe.Instrument;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.text.Json;
import io.orrery.lab.run.Trainer;
import java.util.List;
import java.util.Locale;

/** What a thorough look costs, instrument by instrument, in steps of the run that is looked at. */
final class InstrumentSuite implements Suite {
    private static final int WIDTH = 256;
    private static final int EXAMPLES = 2000;
    private static final int STEPS = 500;
    private static final int LOOKS = 9;

    @Override
    public SuiteDescription about() {
        return SuiteDescription.alone(
                "Instruments", "What a thorough look costs: scribbles, two hidden layers of 256, 2000 examples.");
    }

    @Override
    public String name() {
        return "instruments";
    }

    @Override
    public Json.Fields run(Bench bench) {
        bench.say("");
        bench.say(String.format("%-11s %-32s %12s %12s", name(), "instrument", "look ms", "steps"));
        DefaultRun run = DefaultRun.of(WIDTH, EXAMPLES);
        double all = show("all", Instruments.all(), run, bench);
        for (Instrument instrument : Instruments.all()) {
            show(instrument.name(), List.of(instrument), run, bench);
        }
        return Json.object().put("lookMilliseconds", 1e3 * all);
    }

    private double show(String shape, List<Instrument> instruments, DefaultRun run, Bench bench) {
        Trainer trainer = run.trainer(1, instruments);
        double step = Double.MAX_VALUE;
        for (int i = 0; i < STEPS; i++) {
            long start = System.nanoTime();
            trainer.advance();
            step = Math.min(step, (System.nanoTime() - start) / 1e9);
        }
        trainer.measure();
        trainer.measure();
        double[] looks = new double[LOOKS];
        for (int i = 0; i < LOOKS; i++) {
            long start = System.nanoTime();
            trainer.measure();
            looks[i] = (System.nanoTime() - start) / 1e9;
        }
        double look = Contest.median(looks);
        bench.line(
                Json.object()
                        .put("event", "look")
                        .put("suite", name())
                        .put("shape", shape)
                        .put("lookSeconds", look)
                        .put("steps", look / step),
                String.format(Locale.ROOT, "%-11s %-32s %12.2f %12.0f", "", shape, 1e3 * look, look / step));
        return look;
    }
}
