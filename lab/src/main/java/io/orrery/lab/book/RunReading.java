package io.orrery.lab.book;

import io.orrery.lab.UserError;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.SpecDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the measurements of a run: its files are checked first, then its log is read from front to back. */
final class RunReading {
    private RunReading() {}

    /**
     * Hands over all measurements in order, one look in memory at a time.
     *
     * @throws UserError if the log is damaged; then nothing was handed over
     */
    static Optional<RunEnd> stream(BookedRun run, Consumer<Measurement> measurements) {
        RunFolder folder = new RunFolder(run.folder());
        RunCheck check = sound(folder);
        RunLog.stream(folder.log(), record -> {
            if (record instanceof LogRecord.Look(List<Measurement> look)) {
                look.forEach(measurements);
            }
        });
        return check.end();
    }

    /** All measurements in memory. */
    static RecordedRun whole(BookedRun run) {
        List<Measurement> measurements = new ArrayList<>();
        Optional<RunEnd> end = stream(run, measurements::add);
        return recorded(run, measurements, end, Optional.empty());
    }

    /** A bounded number of readings of each series. */
    static RecordedRun thinned(BookedRun run) {
        ThinnedSeries series = new ThinnedSeries();
        Optional<RunEnd> end = stream(run, series::add);
        return recorded(run, series.measurements(), end, series.note());
    }

    /** The last reading of each series, in the order in which the series came up. */
    static RecordedRun last(BookedRun run) {
        Map<String, Measurement> last = new LinkedHashMap<>();
        Optional<RunEnd> end = stream(run, measurement -> last.put(measurement.series(), measurement));
        return recorded(run, List.copyOf(last.values()), end, Optional.empty());
    }

    private static RecordedRun recorded(
            BookedRun run, List<Measurement> measurements, Optional<RunEnd> end, Optional<String> thinned) {
        return new RecordedRun(
                run.study(),
                run.id(),
                run.seed(),
                run.setting(),
                run.spec(),
                run.provenance(),
                List.copyOf(measurements),
                end,
                thinned);
    }

    private static RunCheck sound(RunFolder folder) {
        RunCheck check = RunCheck.of(folder);
        check.damage().ifPresent(damage -> {
            throw new UserError(damage);
        });
        return check;
    }

    /** See {@link LabBook#remarks}. */
    static List<String> remarks(BookedRun run) {
        RunFolder folder = new RunFolder(run.folder());
        List<String> remarks = new ArrayList<>(RunCheck.of(folder, run).remarks());
        for (Path file : folder.checkpoints().values()) {
            try {
                Checkpoint.read(file);
            } catch (UserError damaged) {
                String how = String.valueOf(damaged.getMessage());
                if (Files.exists(file) && !remarks.contains(how)) {
                    remarks.add(how);
                }
            }
        }
        specForPeople(run, folder).ifPresent(remarks::add);
        return List.copyOf(remarks);
    }

    private static Optional<String> specForPeople(BookedRun run, RunFolder folder) {
        Path file = folder.specForPeople();
        try {
            List<RunPlan> plans =
                    SpecDocument.read(file).study(Instruments.names()).runs();
            boolean same = plans.size() == 1
                    && plans.getFirst().seed() == run.seed()
                    && plans.getFirst().spec().equals(run.identity().spec());
            return same
                    ? Optional.empty()
                    : Optional.of(file + " is not the spec of this run: it was changed or damaged; 'show --spec' prints"
                            + " the recorded one");
        } catch (UserError unreadable) {
            return Optional.of(unreadable.getMessage() + "; 'show --spec' prints the recorded spec");
        }
    }
}
