package io.orrery.lab.instrument.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.lab.instrument.Sight;
import io.orrery.lab.instrument.Sight.Found;
import io.orrery.lab.instrument.Specs;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.model.ModelSpec.Normalization;
import io.orrery.lab.observe.Observation.Probe;
import io.orrery.lab.train.loss.LossSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarginsInstrumentTest {
    /** Margins 1 - 0.5, 0.2 - 0.6 and 2 - (-1), by hand. */
    @Test
    void marginsAgainstTheLargestOtherOutput() {
        Matrix outputs = Sight.matrix(3, 1, 0.5, 0, 0.6, 0.2, -3, -1, -2, 2);
        Found found = read(probe(outputs, true, 2, 0, 1, 2), LossSpec.defaults());
        assertThat(value(found, "mean")).isCloseTo(3.1 / 3, within(1e-14));
        assertThat(value(found, "second-moment")).isCloseTo((0.25 + 0.16 + 9) / 3, within(1e-14));
        assertThat(value(found, "minimum")).isCloseTo(-0.4, within(1e-14));
        // Order statistics -0.4, 0.5, 3; place 0.2 between the first two.
        assertThat(value(found, "quantile-10")).isCloseTo(-0.4 + 0.2 * 0.9, within(1e-14));
        double mean = 3.1 / 3;
        double spread = Math.sqrt((0.25 + 0.16 + 9) / 3 - mean * mean) / mean;
        assertThat(value(found, "spread")).isCloseTo(spread, within(1e-14));
        assertThat(value(found, "normalized-mean")).isCloseTo(3.1 / 6, within(1e-14));
        assertThat(value(found, "normalized-second-moment")).isCloseTo((0.25 + 0.16 + 9) / 12, within(1e-14));
        assertThat(value(found, "normalized-minimum")).isCloseTo(-0.2, within(1e-14));
    }

    @Test
    void histogramsGiveTheirEdgesAndShares() {
        Matrix outputs = Sight.matrix(4, 0, 0, 0, 0, 1, 0, 4, 0);
        List<Double> histogram =
                read(probe(outputs, true, 1, 0, 0, 0, 0), LossSpec.defaults()).get("margins.histogram@train");
        assertThat(histogram).hasSize(42).startsWith(0.0, 4.0, 0.5);
        assertThat(histogram.get(2 + 10)).isEqualTo(0.25);
        assertThat(histogram.getLast()).isEqualTo(0.25);
        List<Double> equal = read(probe(Sight.matrix(2, 1, 0, 1, 0), true, 1, 0, 0), LossSpec.defaults())
                .get("margins.histogram@train");
        assertThat(equal).startsWith(1.0, 1.0, 1.0);
    }

    @Test
    void withoutHomogeneityNothingIsNormalized() {
        Found found = read(probe(Sight.matrix(2, 1, 0, 0, 1), false, 1, 0, 1), LossSpec.defaults());
        assertThat(found.bySeries().keySet()).noneMatch(series -> series.contains("normalized"));
    }

    @Test
    void twoOutputsGiveTheDifference() {
        Matrix outputs = Sight.matrix(2, 0.9, 0.2, 0.3, 0.1);
        Found found = read(probe(outputs, true, 2, 0, 1), LossSpec.defaults());
        assertThat(value(found, "normalized-mean")).isCloseTo((0.35 - 0.1) / 2, within(1e-14));
    }

    @Test
    void aSingleOutputIsPositiveForClassOne() {
        LossSpec single = new LossSpec(LossSpec.Kind.SQUARE, LossSpec.Targets.SINGLE, LossSpec.Reduction.SUM, false);
        Found found = read(probe(Sight.matrix(2, 0.5, 0.25), true, 1, 1, 0), single);
        assertThat(value(found, "minimum")).isEqualTo(-0.25);
        assertThat(value(found, "mean")).isEqualTo(0.125);
    }

    /** Two examples of two bits: 01 (bit 0 set) and 10; targets 0 and 1, threshold one half. */
    @Test
    void bitsHaveAMarginEach() {
        Probe probe = probe(Sight.matrix(2, 0.9, 0.2, 0.6, 0.7), true, 1, 0b01, 0b10);
        Sight sight = Sight.of(Specs.plain(), 2, List.of(), probe).bits();
        Found found = Sight.read(new MarginsInstrument(), sight);
        assertThat(value(found, "minimum")).isCloseTo(-0.1, within(1e-14));
        assertThat(value(found, "mean")).isCloseTo((0.4 + 0.3 - 0.1 + 0.2) / 4, within(1e-14));
    }

    private static Found read(Probe probe, LossSpec loss) {
        return Sight.read(
                new MarginsInstrument(), Sight.of(Specs.of(Normalization.NONE, 0, loss, 0), 3, List.of(), probe));
    }

    private static Probe probe(Matrix outputs, boolean homogeneous, double rho, int... labels) {
        return new Probe(labels, outputs, List.of(), outputs, homogeneous, rho);
    }

    private static double value(Found found, String quantity) {
        return found.get("margins." + quantity + "@train").getFirst();
    }
}
