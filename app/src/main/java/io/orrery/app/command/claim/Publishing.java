package io.orrery.app.command.claim;

import io.orrery.lab.UserError;
import io.orrery.lab.book.verdict.PublishedVerdict;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.trial.ClaimResult;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.file.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Hands verdicts on with the sources: files of a folder, each with the commit that reached it. */
final class Publishing {
    private final Path folder;
    private final String commit;
    private double before = cpuSeconds();

    private Publishing(Path folder, String commit) {
        this.folder = folder;
        this.commit = commit;
    }

    /**
     * Into a folder, of the checkout that this program was built from.
     *
     * @throws UserError if there is no such checkout, or it holds changes that no commit has
     */
    static Publishing into(Path folder) {
        Path home = Path.of(System.getProperty("orrery.home", "."));
        String changes = git(home, "status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs/verdicts");
        if (!changes.isEmpty()) {
            throw new UserError(
                    "--publish: the sources differ from their last commit, so nobody could reach the verdict again: "
                            + changes.lines().findFirst().orElse("").strip() + "; commit first");
        }
        return new Publishing(folder, git(home, "rev-parse", "HEAD"));
    }

    /** Writes a verdict of record; what took no work now keeps the cost that it had. */
    void add(Claim claim, ClaimResult result, ClaimRunner runner) {
        double now = cpuSeconds();
        double spent = now - before;
        before = now;
        if (!result.standing().isBooked() || !result.alterations().none()) {
            return;
        }
        Optional<PublishedVerdict> earlier =
                read(result.card().id(), result.scale().text());
        String protocol = runner.protocol(claim, result.scale(), result.alterations());
        Optional<PublishedVerdict> same =
                earlier.filter(there -> there.protocol().equals(protocol));
        new PublishedVerdict(
                        result.booked(),
                        commit,
                        protocol,
                        result.alreadyDone() == 0
                                ? spent
                                : same.map(PublishedVerdict::cpuSeconds).orElse(Double.NaN),
                        same.flatMap(PublishedVerdict::replication))
                .write(folder);
    }

    /** What the folder holds of a claim at a scale. */
    Optional<PublishedVerdict> read(String claim, String scale) {
        Path file = folder.resolve(PublishedVerdict.fileName(claim, scale));
        try {
            return Optional.of(PublishedVerdict.parse(Files.readString(file)));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw Disk.cannotRead(file, unreadable);
        } catch (IllegalArgumentException damaged) {
            throw new UserError(
                    file + ": " + damaged.getMessage() + "; delete it to publish the verdict anew", damaged);
        }
    }

    Path folder() {
        return folder;
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }

    private static String git(Path home, String... arguments) {
        String[] command = new String[arguments.length + 3];
        command[0] = "git";
        command[1] = "-C";
        command[2] = home.toString();
        System.arraycopy(arguments, 0, command, 3, arguments.length);
        try {
            Process process = new ProcessBuilder(command).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new UserError("--publish: expected a checkout at " + home
                        + ", for the commit that reaches a verdict; git says: " + errors.strip());
            }
            return out.strip();
        } catch (IOException missing) {
            throw new UserError("--publish: git cannot be run: " + missing.getMessage(), missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UserError("--publish: interrupted", interrupted);
        }
    }
}
