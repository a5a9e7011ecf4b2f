package io.orrery.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be asked of a cluster on one machine: processes that share a lab book, each with runs of its own. */
@Tag("long")
@Tag("cluster")
class ClusterIT {
    private static final int PROCESSES = 3;

    @TempDir
    Path folder;

    private static List<String> command(Path book, int process) {
        return List.of(
                "run",
                "--json",
                "--threads",
                "1",
                "--out",
                book.toString(),
                "--seeds",
                (2 * process + 1) + "-" + (2 * process + 2),
                "--set",
                "data.train=200",
                "--set",
                "data.test=50",
                "--set",
                "stop.epochs=20");
    }

    @Test
    void processesWithOtherSeedsFillOneBookToTheSameBits() throws IOException, InterruptedException {
        Path shared = folder.resolve("shared");
        List<Process> processes = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            Path own = Files.createDirectories(folder.resolve("process" + process));
            processes.add(new Launcher(own).start(command(shared, process).toArray(String[]::new)));
        }
        for (int process = 0; process < PROCESSES; process++) {
            assertThat(processes.get(process).waitFor())
                    .as(Files.readString(folder.resolve("process" + process).resolve("err")))
                    .isZero();
        }
        Launcher launcher = new Launcher(folder);
        int runs = 0;
        for (int process = 0; process < PROCESSES; process++) {
            String[] alone = command(folder.resolve("alone"), process).toArray(String[]::new);
            List<String> digests = launcher.run(alone).ofRuns("stateDigest");
            // Runs that are in the book are not run again, and their digests are what is recorded.
            Launcher.Result again = launcher.run(command(shared, process).toArray(String[]::new));
            assertThat(again.code()).as(again.err()).isZero();
            assertThat(again.ofRuns("stateDigest")).isEqualTo(digests).isNotEmpty();
            runs += digests.size();
        }
        Launcher.Result list = launcher.run("list", "--out", shared.toString());
        assertThat(list.lines().stream().filter(line -> line.contains("done"))).hasSize(runs);
    }
}
