package io.orrery.lab.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void thePageIsUpToDate() throws IOException {
        Path page = Path.of(System.getProperty("orrery.root", "..")).resolve("docs/systems.md");
        assertThat(Files.readString(page))
                .as(
                        "docs/systems.md is out of date; after ./mvnw package write it again with: java"
                                + " -cp engine/target/classes:lab/target/classes io.orrery.lab.catalogue.SystemsReference docs/systems.md")
                .isEqualTo(SystemsReference.page());
    }
}
