package io.orrery.lab.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterLockTest {
    private static final int TAKEN = 10;
    private static final int REFUSED = 11;

    @TempDir
    Path folder;

    /** Closing a second channel on a file gives up the locks that the process holds on it. */
    @Test
    void aWriterThatWasRefusedDoesNotGiveUpTheLockOfTheFirst() throws Exception {
        Path file = folder.resolve("lock");
        try (WriterLock first = WriterLock.take(file, "seed-1")) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> WriterLock.take(folder.resolve(".").resolve("lock"), "seed-1"))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining("is being written by this process already");
            assertThat(inAnotherProcess(file)).isEqualTo(REFUSED);
        }
        assertThat(inAnotherProcess(file)).isEqualTo(TAKEN);
        WriterLock.take(file, "seed-1").close();
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNotHeldAfterwards() {
        Path file = folder.resolve("missing").resolve("lock");
        assertThatThrownBy(() -> WriterLock.take(file, "seed-1")).hasMessageStartingWith("cannot write");
        assertThatThrownBy(() -> WriterLock.take(file, "seed-1")).hasMessageStartingWith("cannot write");
    }

    private static int inAnotherProcess(Path file) throws IOException, InterruptedException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherWriter.class.getName(),
                        file.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    /** Another process that would write the same run. */
    static final class OtherWriter {
        private OtherWriter() {}

        public static void main(String[] arguments) {
            int code = TAKEN;
            try {
                WriterLock.take(Path.of(arguments[0]), "seed-1");
            } catch (UserError refused) {
                code = REFUSED;
            }
            System.exit(code);
        }
    }
}
