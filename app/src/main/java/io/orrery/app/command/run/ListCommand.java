package io.orrery.app.command.run;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.command.common.Problems;
import io.orrery.app.terminal.TextTable;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.ListedRun;
import io.orrery.lab.book.RunSet;
import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the lab book holds. */
@Command(
        name = "list",
        description = "Lists the runs of the lab book, damaged ones named.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  orrery list", "  orrery list scribbles --json"})
public final class ListCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(arity = "0..1", paramLabel = "STUDY", description = "Only the runs of this study.")
    private Optional<String> study = Optional.empty();

    @Override
    public Integer call() {
        LabBook book = common.book();
        LabBook.Overview overview = book.list();
        List<ListedRun> shown = overview.runs().stream()
                .filter(run -> study.isEmpty()
                        || study.get().equals(run.study())
                        || study.get().equals(run.studyFolder()))
                .toList();
        List<String> lost = new ArrayList<>();
        overview.damaged().stream().filter(how -> concerns(how, book, shown)).forEach(lost::add);
        if (shown.isEmpty() && lost.isEmpty()) {
            if (study.isPresent()) {
                throw book.unknownStudy(study.get());
            }
            if (!common.json()) {
                System.out.println("The lab book " + book.folder() + " holds no runs. Begin with 'orrery run'.");
            }
            return 0;
        }
        SequencedMap<ListedRun, String> names = names(shown);
        if (common.json()) {
            names.forEach((run, name) -> System.out.println(json(run, name).write()));
        } else {
            TextTable table = new TextTable("STUDY", "RUN", "SEED", "SETTING", "STATUS", "STEPS", "DIGEST");
            names.forEach((run, name) -> row(run, name, table));
            table.lines().forEach(System.out::println);
            several(shown).forEach(folder -> System.out.println(about(folder, book)));
        }
        shown.forEach(
                run -> run.remarks().forEach(remark -> System.err.println("orrery: " + name(run) + ": " + remark)));
        shown.forEach(run -> run.damage().ifPresent(how -> lost.add(name(run) + ": " + how)));
        lost.forEach(text -> System.err.println("orrery: damaged: " + text));
        return lost.isEmpty() ? 0 : Problems.WRONG_INPUT;
    }

    /** Names of studies or, where runs of several sets go by one, of their sets; runs of a set together. */
    private static SequencedMap<ListedRun, String> names(List<ListedRun> runs) {
        SequencedMap<ListedRun, String> names = new LinkedHashMap<>();
        studies(runs).forEach(ofStudy -> {
            SequencedMap<String, List<ListedRun>> sets = RunSet.group(ofStudy, ListedRun::mark);
            if (sets.size() == 1) {
                ofStudy.forEach(run -> names.put(run, study(run)));
            } else {
                sets.forEach((id, ofSet) -> ofSet.forEach(run -> names.put(run, study(run) + "@" + id)));
            }
        });
        return names;
    }

    private static Collection<List<ListedRun>> studies(List<ListedRun> runs) {
        return runs.stream()
                .collect(Collectors.groupingBy(ListedRun::studyFolder, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    /** Folders of the studies whose name stands for several sets. */
    private static List<String> several(List<ListedRun> runs) {
        return studies(runs).stream()
                .filter(ofStudy -> RunSet.group(ofStudy, ListedRun::mark).size() > 1)
                .map(ofStudy -> ofStudy.getFirst().studyFolder())
                .toList();
    }

    private static String about(String folder, LabBook book) {
        List<RunSet> sets = RunSet.of(book.held(folder).runs());
        return folder + " stands for " + sets.size() + " sets of runs, which differ in " + RunSet.differences(sets)
                + ".";
    }

    /** Of a run without identity only the path, which its message holds, says to which study it belongs. */
    private boolean concerns(String how, LabBook book, List<ListedRun> shown) {
        return study.isEmpty()
                || Stream.concat(study.stream(), shown.stream().map(ListedRun::studyFolder))
                        .distinct()
                        .anyMatch(
                                name -> how.contains(book.folder().resolve(name).toString()));
    }

    private static String name(ListedRun run) {
        return run.studyFolder() + "/" + run.key();
    }

    private static String study(ListedRun run) {
        return run.study().equals(run.studyFolder()) ? run.study() : run.study() + " (in " + run.studyFolder() + ")";
    }

    private static String status(ListedRun run) {
        return run.damage().isPresent() ? "damaged" : RunText.statusText(run.status());
    }

    private static Json.Fields json(ListedRun run, String set) {
        return Json.object()
                .put("event", "run")
                .put("study", run.study())
                .put("set", set)
                .put("run", run.key())
                .put("seed", run.seed())
                .put("setting", Json.texts(run.setting()))
                .put("status", status(run))
                .put("steps", run.damage().isPresent() ? new Json.Null() : Json.number(run.steps()))
                .put("digest", run.digest())
                .put("folder", run.folder())
                .put("damage", run.damage().orElse(""))
                .put(
                        "remarks",
                        Json.array(run.remarks().stream().map(Json::text).toList()));
    }

    private static void row(ListedRun run, String name, TextTable table) {
        table.row(
                name,
                run.key(),
                Long.toString(run.seed()),
                RunText.setting(run.setting()),
                status(run),
                run.damage().isPresent() ? "" : String.format(Locale.ROOT, "%,d", run.steps()),
                RunText.shortened(run.digest()));
    }
}
