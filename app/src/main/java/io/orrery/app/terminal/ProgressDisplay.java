package io.orrery.app.terminal;

import io.orrery.lab.compute.Evaluation;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.Progress;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunIdentity;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.text.Printable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Live progress of a study on standard error: on a terminal one redrawn line per running run (bar, steps per second, time
 * left, loss and accuracy) under a line for the whole study; elsewhere a plain line every few seconds.
 */
public final class ProgressDisplay implements StudyListener {
    private static final long REDRAW_NANOS = 200_000_000L;
    private static final long PLAIN_LINE_NANOS = 5_000_000_000L;
    /** Before this share of the steps the first looks, which are close together, would make the time left look long. */
    private static final double FIRST_GUESS = 0.03;

    /** Below this, tenths of a step tell more than whole ones. */
    private static final double WHOLE_RATE = 9.95;

    private static final int BAR_CELLS = 14;
    /** Lines that scrolled out of the window could not be drawn over. */
    private static final int MOST_LINES = 16;

    private final Terminal terminal;
    private final int runsInAll;
    private final String title;
    /** Whether a run that ended as it should gets a line. */
    private final boolean announcing;

    private final Map<String, Line> running = new LinkedHashMap<>();
    private final Set<Evaluation> computing = new LinkedHashSet<>();
    private final long start = System.nanoTime();
    private double finishedShare;
    private int finishedRuns;
    private int drawnLines;
    private long lastDraw;

    /** A display for a study of that many runs. */
    public ProgressDisplay(Terminal terminal, int runsInAll) {
        this(terminal, runsInAll, "", true);
    }

    private ProgressDisplay(Terminal terminal, int runsInAll, String title, boolean announcing) {
        this.terminal = terminal;
        this.runsInAll = runsInAll;
        this.title = title;
        this.announcing = announcing;
    }

    /** A display for many short runs that serve one purpose: only those that went wrong get a line of their own. */
    public static ProgressDisplay titled(String title, Terminal terminal, int runsInAll) {
        return new ProgressDisplay(terminal, runsInAll, title, false);
    }

    private static final class Line {
        private final String label;
        private final long startStep;
        private final long startNanos = System.nanoTime();
        private Progress at;

        Line(String label, long step, long totalSteps) {
            this.label = label;
            this.startStep = step;
            this.at = new Progress(step, totalSteps, Double.NaN, Double.NaN, OptionalLong.empty());
        }

        double share() {
            return at.totalSteps() <= 0 ? 0 : Math.min(1, at.step() / (double) at.totalSteps());
        }

        double stepsPerSecond() {
            return (at.step() - startStep) / Math.max(1e-3, (System.nanoTime() - startNanos) / 1e9);
        }
    }

    @Override
    public FilesRead.Progress reading() {
        return new ReadingProgress();
    }

    @Override
    public synchronized void started(RunIdentity run, long step, long totalSteps) {
        running.put(run.id(), new Line(label(run), step, totalSteps));
        redraw(true);
    }

    @Override
    public synchronized void progress(RunIdentity run, Progress progress) {
        Line line = running.get(run.id());
        if (line != null) {
            line.at = progress;
            redraw(false);
        }
    }

    @Override
    public void measured(RunIdentity run, List<Measurement> measurements) {}

    @Override
    public synchronized void noted(RunIdentity run, String note) {
        clear();
        terminal.err().println(label(run) + "  " + Printable.shown(note));
        redraw(true);
    }

    @Override
    public synchronized void ended(RunIdentity run, RunEnd end) {
        Line line = running.remove(run.id());
        finishedShare += 1;
        finishedRuns++;
        clear();
        if (!announcing && end.status() == RunEnd.Status.DONE) {
            redraw(terminal.interactive());
            return;
        }
        String status = end.status() == RunEnd.Status.DONE
                ? "done"
                : terminal.red(end.status().name().toLowerCase(Locale.ROOT));
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "%s  %s  %,d steps%s%s%n",
                        label(run),
                        status,
                        end.steps(),
                        line == null ? "" : values(line.at),
                        end.status() == RunEnd.Status.DONE ? "" : "  " + end.message());
        redraw(true);
    }

    @Override
    public synchronized void failed(RunIdentity run, RuntimeException failure) {
        running.remove(run.id());
        finishedShare += 1;
        finishedRuns++;
        clear();
        terminal.err()
                .println(label(run) + "  " + terminal.red("failed") + "  "
                        + Printable.shown(String.valueOf(failure.getMessage())));
        redraw(true);
    }

    @Override
    public synchronized void computing(Evaluation evaluation) {
        computing.add(evaluation);
        redraw(true);
    }

    @Override
    public synchronized void noted(Evaluation evaluation, String note) {
        clear();
        terminal.err().println(label(evaluation) + "  " + Printable.shown(note));
        redraw(true);
    }

    @Override
    public synchronized void computed(Evaluation evaluation, double seconds) {
        computing.remove(evaluation);
        finishedShare += 1;
        finishedRuns++;
        clear();
        redraw(terminal.interactive());
    }

    @Override
    public synchronized void failed(Evaluation evaluation, RuntimeException failure) {
        computing.remove(evaluation);
        finishedShare += 1;
        finishedRuns++;
        clear();
        terminal.err()
                .println(label(evaluation) + "  " + terminal.red("failed") + "  "
                        + Printable.shown(String.valueOf(failure.getMessage())));
        redraw(true);
    }

    private static String label(Evaluation evaluation) {
        return "seed " + evaluation.seed() + " "
                + Printable.shown(evaluation.computation().name() + " "
                        + evaluation.setting().text());
    }

    private static String label(RunIdentity run) {
        String setting = run.setting().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
        return "seed " + run.seed() + (setting.isEmpty() ? "" : " " + Printable.shown(setting));
    }

    private void redraw(boolean atOnce) {
        long now = System.nanoTime();
        if (!atOnce && now - lastDraw < (terminal.interactive() ? REDRAW_NANOS : PLAIN_LINE_NANOS)) {
            return;
        }
        // Lines of single runs are news enough; where they are left out, their starts and ends must not put off the
        // next line.
        lastDraw = announcing || !atOnce ? now : lastDraw;
        if (!terminal.interactive()) {
            if (!atOnce && announcing) {
                running.values().forEach(line -> terminal.err().println(text(line)));
            } else if (!atOnce) {
                terminal.err().println(whole());
            }
            return;
        }
        clear();
        if (running.isEmpty() && computing.isEmpty()) {
            return;
        }
        terminal.err().println(fit(whole()));
        List<String> lines = Stream.concat(
                        running.values().stream().map(ProgressDisplay::text),
                        computing.stream().map(evaluation -> "computing  " + label(evaluation)))
                .toList();
        lines.stream().limit(MOST_LINES).forEach(line -> terminal.err().println(fit(line)));
        int more = lines.size() - MOST_LINES;
        if (more > 0) {
            terminal.err().println(fit("and " + more + " more"));
        }
        drawnLines = 1 + Math.min(lines.size(), MOST_LINES) + (more > 0 ? 1 : 0);
    }

    private String whole() {
        double share = (finishedShare
                        + running.values().stream().mapToDouble(Line::share).sum())
                / runsInAll;
        double elapsed = (System.nanoTime() - start) / 1e9;
        String left = share > FIRST_GUESS ? Durations.text(elapsed * (1 - share) / share) + " left" : "";
        return String.format(
                Locale.ROOT,
                "%s %3.0f%%  %s%d of %d runs done  %s  %s",
                bar(share),
                100 * share,
                title.isEmpty() ? "" : title + "  ",
                finishedRuns,
                runsInAll,
                Durations.text(elapsed),
                left);
    }

    private void clear() {
        if (terminal.interactive() && drawnLines > 0) {
            terminal.err().print(Guarded.ESCAPE + "[" + drawnLines + "A" + Guarded.ESCAPE + "[J");
            drawnLines = 0;
        }
    }

    private static String text(Line line) {
        double rate = line.stepsPerSecond();
        double left =
                rate > 0 && line.share() > FIRST_GUESS ? (line.at.totalSteps() - line.at.step()) / rate : Double.NaN;
        return String.format(
                Locale.ROOT,
                rate < WHOLE_RATE
                        ? "%s %3.0f%%  %s  %.1f steps/s  %s left%s"
                        : "%s %3.0f%%  %s  %,.0f steps/s  %s left%s",
                bar(line.share()),
                100 * line.share(),
                line.label,
                rate,
                Durations.text(left),
                values(line.at));
    }

    /** The latest figures that are known, with what they are of and, where that is not now, of when. */
    static String values(Progress at) {
        String loss =
                Double.isNaN(at.batchLoss()) ? "" : String.format(Locale.ROOT, "  batch loss %.3g", at.batchLoss());
        if (Double.isNaN(at.accuracy()) || at.accuracyStep().isEmpty()) {
            return loss;
        }
        long step = at.accuracyStep().getAsLong();
        return loss
                + String.format(Locale.ROOT, "  training accuracy %.2f%%", 100 * at.accuracy())
                + (step == at.step() ? "" : String.format(Locale.ROOT, " at step %,d", step));
    }

    private static String bar(double share) {
        int full = (int) Math.round(share * BAR_CELLS);
        return "[" + "#".repeat(full) + ".".repeat(BAR_CELLS - full) + "]";
    }

    private String fit(String text) {
        return text.length() < terminal.columns() ? text : text.substring(0, terminal.columns() - 1);
    }
}
