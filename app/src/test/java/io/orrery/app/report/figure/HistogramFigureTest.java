package io.orrery.app.report.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class HistogramFigureTest {
    @Test
    void sharesArePutOnCommonBinsByOverlap() {
        // Bins [0, 1) and [1, 2) with shares 0.4 and 0.6, on edges 0, 0.5, 2, 3: half of the first, the rest, nothing.
        double[] shares = HistogramFigure.rebinned(new double[] {0, 2, 0.4, 0.6}, new double[] {0, 0.5, 2, 3});
        assertThat(shares).containsExactly(new double[] {0.2, 0.8, 0}, within(1e-15));
    }

    @Test
    void allMarginsAtOnePointFallIntoOneBin() {
        double[] edges = {0, 1, 2};
        assertThat(HistogramFigure.rebinned(new double[] {1, 1, 1, 0}, edges)).containsExactly(0, 1);
        assertThat(HistogramFigure.rebinned(new double[] {2, 2, 1, 0}, edges)).containsExactly(0, 1);
    }
}
