package io.orrery.lab.claim.trial;

import io.orrery.lab.UserError;
import io.orrery.lab.book.verdict.BookedVerdict;
import io.orrery.lab.book.verdict.PublishedVerdict;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.JudgedSentence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.compute.ComputationRunner;
import io.orrery.lab.compute.ComputedRun;
import io.orrery.lab.compute.Evaluation;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.file.Checksum;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.judge.statistics.Plain;
import io.orrery.lab.setup.StudyPlan;
import io.orrery.lab.study.RunOutcome;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.study.StudyRunner;
import io.orrery.lab.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs claims into a lab book and judges them. All claims share the book {@code BOOK/claims}: what one of them trained or
 * computed is neither trained nor computed again, unless another asks for more to be measured. Verdicts and pages lie in
 * {@code BOOK/claims/ID-SCALE/}.
 */
public final class ClaimRunner {
    private static final Runnable NOTHING = () -> {};

    private final Path folder;
    private final ClaimBook book;
    private final int threads;
    private final Map<String, String> provenance;
    private final PublishedVerdicts published;
    private final DatasetCache datasets = new DatasetCache();
    private volatile boolean stopRequested;
    private volatile Runnable stopping = NOTHING;

    /** A runner of claims into the lab book in a folder, on so many threads. */
    public ClaimRunner(Path book, int threads, Map<String, String> provenance) {
        this(book, threads, provenance, PublishedVerdicts.OF_BUILD);
    }

    /** The same beside other verdicts that were handed on than the build's. */
    ClaimRunner(Path book, int threads, Map<String, String> provenance, PublishedVerdicts published) {
        this.folder = book.resolve("claims");
        this.book = new ClaimBook(folder);
        this.threads = threads;
        this.provenance = Map.copyOf(provenance);
        this.published = published;
    }

    /** Asks for checkpoints and an end; may be called from any thread. */
    public void requestStop() {
        stopRequested = true;
        stopping.run();
    }

    /** The lab book that all claims share, in which their folders lie. */
    public Path claims() {
        return folder;
    }

    /** The folder in which a claim's verdict and page lie. */
    public Path folder(Claim claim, Scale scale, Alterations alterations) {
        return claims().resolve(claim.card().id() + "-" + scale.text() + alterations.suffix());
    }

    /**
     * The runs that a claim asks for, those that several arms share once.
     *
     * @throws UserError if an alteration does not fit
     */
    public StudyPlan plan(Claim claim, Scale scale, Alterations alterations) {
        return new Prepared(claim, scale, alterations, datasets).study();
    }

    /**
     * What a claim asks to be computed, what several arms share once.
     *
     * @throws UserError if an alteration does not fit
     */
    public List<Evaluation> evaluations(Claim claim, Scale scale, Alterations alterations) {
        return new Prepared(claim, scale, alterations, datasets).evaluations();
    }

    /** How many runs and evaluations that is in all. */
    public int count(Claim claim, Scale scale, Alterations alterations) {
        Prepared prepared = new Prepared(claim, scale, alterations, datasets);
        return prepared.study().runs().size() + prepared.evaluations().size() + prepared.examinations();
    }

    /**
     * What tells this protocol from any other: a SHA-256 of the ids of all its runs and evaluations, which stand for every setting
     * and seed but for the content of data files, and of how many examinations it has.
     *
     * @throws UserError if an alteration does not fit
     */
    public String protocol(Claim claim, Scale scale, Alterations alterations) {
        Prepared prepared = new Prepared(claim, scale, alterations, datasets);
        Stream<String> asked = Stream.concat(
                prepared.study().runs().stream()
                        .map(run -> run.identify(Map.of()).id()),
                prepared.evaluations().stream().map(Evaluation::id));
        return Checksum.sha256(Json.text(String.join(" ", asked.sorted().toList()) + " " + prepared.examinations()));
    }

    /**
     * Deletes a claim's runs, results and verdict, so that {@link #run} begins anew. Nothing else in the lab book is touched;
     * other claims that share some of the runs find them again afterwards, the same bit for bit.
     *
     * @throws UserError if one of the runs is being written, or the lab book cannot be
     */
    public void forget(Claim claim, Scale scale, Alterations alterations) {
        Path own = folder(claim, scale, alterations);
        takeIn(claim, own);
        Prepared prepared = new Prepared(claim, scale, alterations, datasets);
        Waves waves = new Waves(prepared, book, datasets);
        Waves.Known known = waves.known();
        evaluations(prepared, prepared.inspections(waves, known.trained())).forEach(book.results()::delete);
        known.runs().forEach(run -> book.runs().delete(ClaimBook.RUNS, run));
        BookedVerdict.delete(own);
    }

    /**
     * Runs what is missing, judges, and keeps the verdict beside the runs. Empty if a stop was asked for before all runs came to their end.
     *
     * @throws UserError if an alteration does not fit, or the lab book cannot be written
     */
    public Optional<ClaimResult> run(Claim claim, Scale scale, Alterations alterations, StudyListener listener) {
        long start = System.nanoTime();
        Prepared prepared = new Prepared(claim, scale, alterations, datasets);
        Path own = folder(claim, scale, alterations);
        List<String> moved = takeIn(claim, own);
        Waves waves = new Waves(prepared, book, datasets);
        Optional<Waves.Trained> trained = train(prepared, waves, listener);
        if (trained.isEmpty()) {
            return Optional.empty();
        }
        Map<Arm, List<Inspections.Asked>> asked = prepared.inspections(waves, trained.get());
        Optional<List<ComputedRun>> answers = compute(evaluations(prepared, asked), listener);
        if (answers.isEmpty()) {
            return Optional.empty();
        }
        List<RunOutcome> outcomes = List.copyOf(trained.get().outcomes().values());
        List<ComputedRun> computed = answers.get();
        Evidence evidence = prepared.evidence(book.runs(), trained.get(), asked, computed, provenance);
        Judgement judgement = claim.judge(evidence);
        List<String> beyond = prepared.beyond();
        Optional<String> unsteady = alterations.none() ? unsteady(claim, scale) : Optional.empty();
        List<JudgedSentence> sentences = judgement.sentences().stream()
                .map(sentence -> new JudgedSentence(sentence, judged(sentence, beyond, unsteady)))
                .toList();
        Verdict verdict = judged(judgement.headline(), beyond, unsteady);
        Standing standing = Standing.of(prepared.seeds());
        int known = (int) (outcomes.stream().filter(RunOutcome::alreadyDone).count()
                + computed.stream()
                        .filter(run -> run instanceof ComputedRun.Done done && done.alreadyDone())
                        .count());
        double seconds = (System.nanoTime() - start) / 1e9;
        int seeds = evidence.arms().stream().mapToInt(ArmRuns::count).max().orElse(0);
        BookedVerdict booked = Booking.of(
                claim.card(),
                scale,
                alterations,
                beyond,
                sentences,
                verdict,
                seeds,
                known < outcomes.size() + computed.size()
                        ? seconds
                        : earlierSeconds(own).orElse(seconds));
        if (standing.isBooked()) {
            booked.write(own);
        }
        return Optional.of(new ClaimResult(
                claim.card(),
                scale,
                judgement,
                sentences,
                verdict,
                standing,
                alterations,
                beyond,
                Stream.concat(notes(prepared, alterations, claim.card(), verdict).stream(), moved.stream())
                        .toList(),
                evidence,
                seconds,
                known,
                booked));
    }

    /** Opens the book, and moves into it what an earlier build kept elsewhere. */
    private List<String> takeIn(Claim claim, Path own) {
        book.open();
        return Stream.concat(book.takeIn(own, claim.card().id()).stream(), book.takeIn(own).stream())
                .toList();
    }

    /** Trains what is missing; empty if a stop was asked for before all came to their end. */
    private Optional<Waves.Trained> train(Prepared prepared, Waves waves, StudyListener listener) {
        if (stopRequested && !prepared.runs().isEmpty()) {
            return Optional.empty();
        }
        Optional<Waves.Trained> trained = waves.train(study -> {
            StudyRunner runner =
                    new StudyRunner(book.runs(), threads, provenance, listener, StudyRunner.Writers.SEVERAL);
            stopping = runner::requestStop;
            if (stopRequested) {
                runner.requestStop();
            }
            return runner.run(study);
        });
        stopping = NOTHING;
        return trained;
    }

    /** What is to be computed and examined, each once. */
    private static List<Evaluation> evaluations(Prepared prepared, Map<Arm, List<Inspections.Asked>> asked) {
        return Stream.concat(
                        prepared.evaluations().stream(),
                        asked.values().stream()
                                .flatMap(List::stream)
                                .flatMap(question -> question.evaluation().stream()))
                .distinct()
                .toList();
    }

    /** Computes what is missing; empty if a stop was asked for before all was. */
    private Optional<List<ComputedRun>> compute(List<Evaluation> evaluations, StudyListener listener) {
        ComputationRunner runner = new ComputationRunner(book.results(), threads, listener);
        stopping = runner::requestStop;
        if (stopRequested && !evaluations.isEmpty()) {
            return Optional.empty();
        }
        List<ComputedRun> computed = runner.run(evaluations);
        stopping = NOTHING;
        for (ComputedRun run : computed) {
            if (run instanceof ComputedRun.Failed(Evaluation _, RuntimeException reason)) {
                throw reason;
            }
        }
        return computed.stream().anyMatch(ComputedRun.NotBegun.class::isInstance)
                ? Optional.empty()
                : Optional.of(computed);
    }

    /** Why this claim's verdict on its own seeds is not to be relied on: fresh seeds gave another one too often. */
    private Optional<String> unsteady(Claim claim, Scale scale) {
        return published
                .of(claim.card().id(), scale)
                .filter(there -> there.replication().stream().anyMatch(counted -> !counted.isSteady()))
                .filter(there -> there.protocol().equals(protocol(claim, scale, Alterations.NONE)))
                .flatMap(PublishedVerdict::replication)
                .map(counted -> "fresh seeds do not bear it out: " + counted.text());
    }

    /** A verdict on the claim only where the claim's own question was asked; else the numbers without one. */
    private static Verdict judged(Sentence sentence, List<String> beyond, Optional<String> unsteady) {
        Verdict verdict = sentence.verdict();
        if (beyond.isEmpty()) {
            return unsteady.map(verdict::withheld).orElse(verdict);
        }
        return verdict.withheld("another question than the claim's was asked, by " + Plain.list(beyond)
                + "; of the altered protocol the findings say: "
                + verdict.outcome().word() + ", " + verdict.reason());
    }

    /** With what other data were expected to do, where they did not. */
    private static List<String> notes(Prepared prepared, Alterations alterations, Card card, Verdict verdict) {
        List<String> notes = new ArrayList<>(prepared.notes());
        if (alterations.otherData() && verdict.outcome() == Outcome.REFUTED) {
            notes.add(
                    "refuted on these data, not on the claim's own: it was expected that on any labelled data which such"
                            + " networks fit in the protocol's time "
                            + card.statement().substring(0, 1).toLowerCase(Locale.ROOT)
                            + card.statement().substring(1).replaceFirst("\\.$", "")
                            + "; learning rates, time and decay are still those chosen for the protocol's own data, so a reader asks"
                            + " first whether they fit these");
        }
        return notes;
    }

    /** What the work took when it was done: reading its runs again takes nothing. */
    private static Optional<Double> earlierSeconds(Path own) {
        return BookedVerdict.read(own).map(BookedVerdict::seconds);
    }
}
