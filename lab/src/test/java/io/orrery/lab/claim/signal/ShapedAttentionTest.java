package io.orrery.lab.claim.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.MadeUpResults;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.theory.signal.ShapedAttentionSde;
import org.junit.jupiter.api.Test;

final class ShapedAttentionTest {
    private final ShapedAttention claim = new ShapedAttention();

    /** Rows of scores (0, 0) and (0, ln 3): softmax (1/2, 1/2) and (1/4, 3/4). */
    @Test
    void attentionByHand() {
        Matrix scores = new Matrix(2, 2, new double[] {0, 0, 0, 2 * Math.log(3)});
        assertThat(AttentionCovariance.attention(scores, 2, false).values())
                .containsExactly(new double[] {0.5, 0.5, 0.25, 0.75}, within(1e-15));
        assertThat(AttentionCovariance.attention(scores, 2, true).values())
                .containsExactly(new double[] {1, 0, -0.25, 1.25}, within(1e-15));
    }

    /**
     * The drift of one layer: the mean of m (A V A^T - V) over queries and keys, the values' weights averaged exactly, queries taken
     * with both signs so that the first order cancels; times the width.
     */
    @Test
    void oneLayerDriftsAsTheEquationSays() {
        int width = 200;
        int draws = 3000;
        Matrix v = new Matrix(3, 3, new double[] {1, 0.2, 0.5, 0.2, 0.7, -0.1, 0.5, -0.1, 1.4});
        Matrix root = ShapedAttentionSde.root(v);
        double[] mean = new double[9];
        for (int draw = 0; draw < draws; draw++) {
            Matrix queries = Products.times(
                    root, new Matrix(3, width, RandomStream.of(2, "queries").normals(draw, 3 * width)));
            Matrix keys = Products.times(
                    root, new Matrix(3, width, RandomStream.of(2, "keys").normals(draw, 3 * width)));
            Matrix scores = Products.timesTransposed(queries, keys);
            for (double sign : new double[] {1, -1}) {
                Matrix attention = AttentionCovariance.attention(scores, sign * width, true);
                double[] mixed = Products.timesTransposed(Products.times(attention, v), attention)
                        .values();
                for (int i = 0; i < 9; i++) {
                    mean[i] += 0.5 * (mixed[i] - v.values()[i]) * width / (2 * draws);
                }
            }
        }
        assertThat(mean).containsExactly(new ShapedAttentionSde(0.5, 1).drift(v).values(), within(0.012));
    }

    @Test
    void networksBeginWithTheirCovariance() {
        Matrix covariance = AttentionCovariance.start(3, 0.2);
        Matrix x = AttentionCovariance.exact(
                new Matrix(3, 8, RandomStream.of(2, "x").normals(0, 24)), covariance);
        double[] gram = Products.outerGram(x).values();
        for (int i = 0; i < 9; i++) {
            assertThat(gram[i] / 8).isCloseTo(covariance.values()[i], within(1e-13));
        }
    }

    /** Without the attention branch nothing changes. */
    @Test
    void withoutTheBranchTheCovarianceStays() {
        Setting setting = Setting.empty()
                .with("tokens", 3)
                .with("width", 8)
                .with("mix", 0)
                .with("temperature", 1)
                .with("shaped", 1)
                .with("correlation", 0.2)
                .with("networks", 3)
                .with("paths", 3);
        Results results = new AttentionCovariance().compute(1, setting);
        assertThat(results).isEqualTo(new AttentionCovariance().compute(1, setting));
        for (String series : new String[] {"course", "sde-course"}) {
            assertThat(results.of(series)).allSatisfy(c -> assertThat(c).isCloseTo(0.2, within(1e-12)));
        }
    }

    @Test
    void madeUpNumbersSupportAndRefuteIt() {
        Judgement effect = claim.judge(MadeUpResults.of(claim, (arm, _, seed) -> made(arm, seed, 1)));
        assertThat(effect.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.SUPPORTED));
        Judgement apart = claim.judge(MadeUpResults.of(claim, (arm, _, seed) -> made(arm, seed, 3)));
        assertThat(apart.sentences())
                .allSatisfy(sentence -> assertThat(sentence.verdict().outcome()).isEqualTo(Outcome.REFUTED));
    }

    private static Results made(String arm, int seed, double factor) {
        double noise = 1 + 0.004 * (seed - 4.5);
        double alike = arm.equals("plain softmax") ? 0.99 : Math.min(0.95, 0.3 * factor);
        double[] correlation = {alike * noise, alike * noise, alike * noise};
        double[] equation = {0.3, 0.42, 0.6};
        double[] networks = {0.3 * factor * noise, 0.42 * factor * noise, 0.6 * factor * noise};
        return Results.none()
                .with("correlation", correlation)
                .with("log-square-deviation", networks)
                .with("correlation-deviation", networks)
                .with("sde-log-square-deviation", equation)
                .with("sde-correlation-deviation", equation);
    }
}
