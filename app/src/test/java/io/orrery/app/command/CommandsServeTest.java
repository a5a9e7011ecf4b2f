package io.orrery.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.orrery.lab.catalogue.FieldSystem;
import io.orrery.lab.catalogue.Registered;
import io.orrery.lab.catalogue.Systems;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsServeTest {
    @Test
    void systemsThatCommandsNameStandInTheTable() {
        List<String> known = Systems.all().stream().map(FieldSystem::id).toList();
        assertThat(Orrery.registered())
                .isNotEmpty()
                .allSatisfy(command -> assertThat(known).containsAll(command.systems()));
    }

    @Test
    void aCommandIsFoundAmongWhatServesASystem() {
        FieldSystem carefulClaims = Systems.all().stream()
                .filter(system -> system.id().equals("004-22"))
                .findFirst()
                .orElseThrow();
        assertThat(Systems.serving(carefulClaims, Orrery.registered()))
                .extracting(Registered::kind, Registered::name)
                .contains(tuple("command", "claim"));
    }
}
