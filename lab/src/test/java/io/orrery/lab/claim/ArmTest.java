package io.orrery.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class ArmTest {
    @Test
    void numbersReadAsPeopleWriteThem() {
        assertThat(DoubleStream.of(1e-4, 3e-4, 1e-3, 0.05, 0, 20, 1.5e-7).mapToObj(Arm::number))
                .containsExactly("1e-4", "3e-4", "0.001", "0.05", "0", "20", "1.5e-7");
    }
}
