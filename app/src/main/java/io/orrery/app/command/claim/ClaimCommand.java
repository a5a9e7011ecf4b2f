package io.orrery.app.command.claim;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.RunProvenance;
import io.orrery.app.command.common.ThreadOption;
import io.orrery.app.command.common.VectorWarning;
import io.orrery.app.terminal.Terminal;
import io.orrery.lab.UserError;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Claims;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.spec.Serves;
import io.orrery.lab.text.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Holds predictions of theory against measurements. */
@Serves("004-22")
@Command(
        name = "claim",
        description = "Runs the protocols of claims, judges them and writes a page for each and one for all.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery claims                                      which claims there are",
            "  orrery claim neural-collapse",
            "  orrery claim all --scale quick                     exit code 1: one is refuted",
            "  orrery claim --family collapse                     those of one family",
            "  orrery claim neural-collapse --set data=mine.csv   asked of your own data",
            "  orrery claim neural-collapse --dry-run             says what it would cost",
            "  orrery claim rank-recursion --replicate 20         on 20 blocks of fresh seeds",
            "",
            "All claims share one lab book, BOOK/claims: runs that it holds are not run",
            "again, whichever claim asked for them first. Ctrl-C writes checkpoints; the",
            "same command goes on.",
        })
public final class ClaimCommand implements Callable<Integer> {
    private static final String ALL = "all";
    private static final int MOST_BLOCKS = 1000;

    @Mixin
    private CommonOptions common;

    @Mixin
    private ScaleOption scale;

    @Mixin
    private ThreadOption threads;

    @Parameters(arity = "0..*", paramLabel = "CLAIM", description = "Claims by their ids, or all.")
    private List<String> ids = List.of();

    @Option(
            names = "--family",
            paramLabel = "NAME",
            description = "All claims of a family, as 'orrery claims' shows it, such as collapse; may repeat.")
    private List<String> families = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change one value in every arm, such as data=FOLDER or model.widths=[32]; may repeat.")
    private List<String> assignments = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "SEEDS",
            description =
                    "A count (5 means 2001 to 2005) or a list (2001,2005-2009). Default: as many as the protocol asks for, from 2001; pilots have 3001 up.")
    private Optional<String> seeds = Optional.empty();

    @Option(names = "--again", description = "Delete the claim's runs and run them anew.")
    private boolean again;

    @Option(
            names = "--dry-run",
            description = "Check everything and say runs, FLOPs, minutes, memory and disk; train nothing.")
    private boolean dryRun;

    @Option(
            names = "--publish",
            paramLabel = "FOLDER",
            description =
                    "Write each verdict to a file of its own there too, with this checkout's commit: docs/verdicts is taken along by the next build.")
    private Optional<Path> publish = Optional.empty();

    @Option(
            names = "--replicate",
            paramLabel = "N",
            description =
                    "Judge N disjoint blocks of fresh seeds, from 20001, each as large as the protocol asks for, and count the verdicts; with --publish the count is kept beside the verdict.")
    private Optional<Integer> replicate = Optional.empty();

    @Override
    public Integer call() {
        List<Claim> claims = claims();
        refuseMixed();
        ClaimRunner runner = new ClaimRunner(common.bookFolder(), threads.count(), RunProvenance.of(threads.count()));
        ClaimRequest request =
                new ClaimRequest(claims, scale.scale(), new Alterations(assignments, seeds), many(), again);
        common.book().requireWritable();
        request.refuseWrongInput(runner);
        if (dryRun) {
            return new ClaimEstimates(common.json()).print(request, runner, threads.count());
        }
        VectorWarning.print();
        Optional<Publishing> publishing = publish.map(Publishing::into);
        if (replicate.isPresent()) {
            return new ReplicationSession(runner, Terminal.ofProcess(), common.json(), command(request))
                    .run(request, replicate.get(), publishing);
        }
        return new ClaimSession(runner, Terminal.ofProcess(), common.json(), command(request), publishing).run(request);
    }

    private void refuseMixed() {
        if (publish.isPresent() && !(assignments.isEmpty() && seeds.isEmpty())) {
            throw new UserError(
                    "--publish: only the claim's own question on its own seeds is published; leave --set and --seeds out");
        }
        if (replicate.isPresent() && (seeds.isPresent() || again)) {
            throw new UserError("--replicate: it chooses the seeds itself; leave --seeds and --again out");
        }
        if (replicate.isPresent() && (replicate.get() < 1 || replicate.get() > MOST_BLOCKS)) {
            throw new UserError("--replicate: expected 1 to " + MOST_BLOCKS + " blocks, found " + replicate.get());
        }
    }

    private List<Claim> claims() {
        if (families.isEmpty() && ids.isEmpty()) {
            throw new UserError(
                    "claim: expected ids of claims, all, or --family NAME, found none; 'orrery claims' shows all");
        }
        if (!families.isEmpty() && !ids.isEmpty()) {
            throw new UserError("claim: expected ids of claims or --family, found both: " + String.join(" ", ids)
                    + " and --family " + String.join(" --family ", families) + "; leave one of them out");
        }
        if (!families.isEmpty()) {
            return families.stream()
                    .map(Claims::ofFamily)
                    .flatMap(List::stream)
                    .distinct()
                    .toList();
        }
        return ids.contains(ALL)
                ? Claims.all()
                : new LinkedHashSet<>(ids).stream().map(Claims::named).toList();
    }

    /** Whether claims were asked for in a lump, so that one that fails does not keep the others from being judged. */
    private boolean many() {
        return ids.contains(ALL) || !families.isEmpty();
    }

    /** What goes on after an interruption: the same without --again, which would delete what was done. */
    private String command(ClaimRequest request) {
        List<String> arguments = new ArrayList<>(List.of("orrery", "claim"));
        arguments.addAll(ids.contains(ALL) ? List.of(ALL) : List.copyOf(new LinkedHashSet<>(ids)));
        families.forEach(family -> arguments.addAll(List.of("--family", family)));
        arguments.addAll(List.of("--scale", request.scale().text()));
        arguments.addAll(request.alterations().arguments());
        publish.ifPresent(folder -> arguments.addAll(List.of("--publish", folder.toString())));
        replicate.ifPresent(blocks -> arguments.addAll(List.of("--replicate", Integer.toString(blocks))));
        return Shell.line(arguments) + common.text();
    }
}
