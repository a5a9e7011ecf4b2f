package io.orrery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompilationsTest {
    private static final String KERNEL = "io.orrery.engine.kernel.";

    @Test
    void aMethodIsReadyWhenTheOptimizingCompilerFirstInstalledIt() {
        Map<String, Double> seconds = Compilations.of(List.of(
                "[0.510s] Installing method (3) " + KERNEL + "FloatWideTiles.twelveByTwo([FIII[FIII[FII)V ",
                "[0.900s] Installing osr method (4) " + KERNEL + "FloatWideTiles.twelveByTwo([FIII[FIII[FII)V @ 202",
                "[1.100s] Installing method (4) " + KERNEL + "FloatWideTiles.twelveByTwo([FIII[FIII[FII)V ",
                "[1.500s] Installing method (4) " + KERNEL + "FloatUnaryLoops.relu([FI[FII)V ",
                "[1.700s] Installing method (4) " + KERNEL + "FloatUnaryLoops.tanh([FI[FII)V ",
                "[1.600s] Installing method (4) java.lang.String.hashCode()I "));
        assertThat(seconds).hasSize(3);
        assertThat(Compilations.mainProduct(seconds)).isEqualTo(0.9);
        assertThat(Compilations.last(
                        seconds, Set.of(KERNEL + "FloatUnaryLoops.relu", KERNEL + "FloatWideTiles.twelveByTwo")))
                .isEqualTo(1.5);
    }

    @Test
    void whatWasNeverCompiledHasNoTime() {
        assertThat(Compilations.mainProduct(Compilations.of(List.of()))).isNaN();
    }
}
