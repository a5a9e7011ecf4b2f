package io.orrery.lab.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.RecordedRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordedClassesTest {
    @Test
    void namesComeBackAsTheyWere() {
        List<String> names = List.of("cat", "one; \"two\"", "3", "a, b");
        assertThat(RecordedClasses.of(run(RecordedClasses.add(Map.of("java", "25"), names))))
                .isEqualTo(names);
        assertThat(RecordedClasses.add(Map.of("java", "25"), names)).containsEntry("java", "25");
    }

    @Test
    void aRunOfAnOlderVersionHasNone() {
        assertThat(RecordedClasses.of(run(Map.of()))).isEmpty();
        assertThat(RecordedClasses.of(run(Map.of(RecordedClasses.KEY, "cat, dog"))))
                .isEmpty();
    }

    private static RecordedRun run(Map<String, String> provenance) {
        return new RecordedRun("s", "r", 1, Map.of(), "{}", provenance, List.of(), Optional.empty());
    }
}
