package io.orrery.app.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyNoteTest {
    @TempDir
    Path folder;

    private StudyNote read() {
        return StudyNote.read(folder, "orrery run");
    }

    @Test
    void whatIsWrittenIsRead() {
        StudyNote.write(folder, "why?", "orrery run x.yaml");

        assertThat(read().question()).isEqualTo("why?");
        assertThat(read().command()).isEqualTo("orrery run x.yaml");
        assertThat(read().damage()).isEmpty();
    }

    @Test
    void aNoteOfAnEarlierBuildHasNoChecksum() throws IOException {
        Files.writeString(folder.resolve("study.json"), "{\"question\": \"why?\", \"command\": \"c\"}");

        assertThat(read().question()).isEqualTo("why?");
        assertThat(read().damage()).isEmpty();
    }

    /** One flipped bit in each byte that could hide the checksum: its name, its value, what it protects. */
    @Test
    void aFlippedBitIsNamedWhereverItIs() throws IOException {
        StudyNote.write(folder, "why?", "orrery run x.yaml");
        Path file = folder.resolve("study.json");
        byte[] sound = Files.readAllBytes(file);
        for (int place = 0; place < sound.length - 1; place++) {
            byte[] damaged = sound.clone();
            damaged[place] ^= 1;
            Files.write(file, damaged);

            assertThat(read().damage()).as("byte " + place).isPresent();
            assertThat(read().question()).as("byte " + place).isEmpty();
        }
    }
}
