package io.orrery.app.command.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.instrument.Instruments;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SpecOptionsTest {
    @Test
    void theEmbeddedSpecIsNamedAfterItsData() {
        assertThat(name()).isEqualTo("scribbles");
        assertThat(name("--set", "data.source=ring")).isEqualTo("ring");
        assertThat(name("--set", "name=mine", "--set", "data.source=ring")).isEqualTo("mine");
    }

    private static String name(String... arguments) {
        return CommandLine.populateCommand(new SpecOptions(), arguments)
                .document()
                .study(Instruments.names())
                .name();
    }
}
