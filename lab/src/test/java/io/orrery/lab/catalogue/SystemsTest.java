package io.orrery.lab.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SystemsTest {
    @Test
    void everyIdThatIsNamedStandsInTheTable() {
        List<String> known = Systems.all().stream().map(FieldSystem::id).toList();
        assertThat(known).doesNotHaveDuplicates();
        for (Registered thing : Registered.all()) {
            assertThat(known).as(thing.kind() + " " + thing.name()).containsAll(thing.systems());
        }
    }

    @Test
    void servingFindsWhatNamesASystem() {
        FieldSystem plasticity = Systems.all().stream()
                .filter(system -> system.id().equals("002-199"))
                .findFirst()
                .orElseThrow();
        assertThat(Systems.serving(plasticity, Registered.all()))
                .extracting(thing -> thing.kind() + " " + thing.name())
                .contains("claim loss-of-plasticity", "rule continual-backpropagation");
    }
}
