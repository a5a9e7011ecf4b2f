package io.orrery.app.command.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.app.command.Orrery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** It reads what the process says on standard error, so nothing else may run beside it. */
@Isolated
class ProblemsTest {
    private int code;

    @Test
    void anOptionBeforeTheCommandIsShownItsPlace() {
        assertThat(said("--json", "list")).contains("'--json' stands before the command", "orrery list --json");
        assertThat(code).isEqualTo(2);
        assertThat(said("--thraeds", "2")).contains("orrery run --thraeds");
    }

    @Test
    void aMisspeltCommandOrOptionIsAnsweredWithTheNearest() {
        assertThat(said("clam")).contains("did you mean 'claim'?");
        assertThat(said("help", "clam")).contains("did you mean 'claim'?");
        assertThat(said("run", "--sedes", "3")).contains("did you mean '--seeds'?");
    }

    @Test
    void aCountThatIsNoneIsNotExplainedInTheWordsOfJava() {
        assertThat(said("run", "--threads", "x"))
                .contains("'x' is not a whole number")
                .doesNotContain(" int");
        assertThat(said("run", "--threads", "99999999999")).contains("not a whole number that fits");
    }

    @Test
    void bytesThatDidNotReachStandardOutputAreAnError() {
        Optional<IOException> full = Optional.of(new IOException("No space left on device"));
        assertThat(said(() -> code = Problems.lostOutput(full, 0)))
                .contains("cannot write to standard output: No space");
        assertThat(code).isEqualTo(2);
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoError() {
        Optional<IOException> closed = Optional.of(new IOException("Broken pipe"));
        assertThat(said(() -> code = Problems.lostOutput(closed, 0))).isEmpty();
        assertThat(code).isZero();
    }

    private String said(String... arguments) {
        return said(() -> code = Orrery.commandLine(arguments)
                .setParameterExceptionHandler(Problems::wrongArguments)
                .execute(arguments));
    }

    private static String said(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
