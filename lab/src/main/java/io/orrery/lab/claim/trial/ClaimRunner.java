package io.orrery.lab.claim.trial;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.BookedVerdict;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.JudgedSentence;
import io.orrery.lab.claim.Judgement;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Sentence;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.judge.Plain;
import io.orrery.lab.judge.Verdict;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.setup.StudyPlan;
import io.orrery.lab.study.RunOutcome;
import io.orrery.lab.study.StudyListener;
import io.orrery.lab.study.StudyRunner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs claims into a lab book and judges them. The runs of a claim lie in {@code BOOK/claims/ID-SCALE/}, a lab book of its
 * own with the verdict beside them; runs that are there already are not run again.
 */
public final class ClaimRunner {
    private final Path book;
    private final int threads;
    private final Map<String, String> provenance;
    private final DatasetCache datasets = new DatasetCache();
    private volatile boolean stopRequested;
    private volatile Optional<StudyRunner> running = Optional.empty();

    /** A runner of claims into the lab book in a folder, on so many threads. */
    public ClaimRunner(Path book, int threads, Map<String, String> provenance) {
        this.book = book;
        this.threads = threads;
        this.provenance = Map.copyOf(provenance);
    }

    /** Asks for checkpoints and an end; may be called from any thread. */
    public void requestStop() {
        stopRequested = true;
        running.ifPresent(StudyRunner::requestStop);
    }

    /** The folder in which the folders of all claims lie. */
    public Path claims() {
        return book.resolve("claims");
    }

    /** The folder in which a claim's runs, verdict and page lie. */
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
     * Deletes a claim's runs and verdict, so that {@link #run} begins anew. Nothing else in the lab book is touched.
     *
     * @throws UserError if one of the runs is being written, or the lab book cannot be
     */
    public void forget(Claim claim, Scale scale, Alterations alterations) {
        Path folder = folder(claim, scale, alterations);
        LabBook.open(folder).delete(claim.card().id());
        BookedVerdict.delete(folder);
    }

    /**
     * Runs what is missing, judges, and keeps the verdict beside the runs. Empty if a stop was asked for before all runs came to their end.
     *
     * @throws UserError if an alteration does not fit, or the lab book cannot be written
     */
    public Optional<ClaimResult> run(Claim claim, Scale scale, Alterations alterations, StudyListener listener) {
        long start = System.nanoTime();
        Prepared prepared = new Prepared(claim, scale, alterations, datasets);
        LabBook own = LabBook.open(folder(claim, scale, alterations));
        StudyRunner runner = new StudyRunner(own, threads, provenance, listener);
        running = Optional.of(runner);
        if (stopRequested) {
            return Optional.empty();
        }
        List<RunOutcome> outcomes = runner.run(prepared.study());
        running = Optional.empty();
        outcomes.stream()
                .flatMap(outcome -> outcome.failure().stream())
                .findFirst()
                .ifPresent(failure -> {
                    throw failure;
                });
        if (outcomes.stream().anyMatch(ClaimRunner::unfinished)) {
            return Optional.empty();
        }
        Evidence evidence = prepared.evidence(own, outcomes);
        Judgement judgement = claim.judge(evidence);
        List<String> beyond = prepared.beyond();
        List<JudgedSentence> sentences = judgement.sentences().stream()
                .map(sentence -> new JudgedSentence(sentence, judged(sentence, beyond)))
                .toList();
        Verdict verdict = judged(judgement.headline(), beyond);
        Standing standing = Standing.of(prepared.seeds());
        int known = (int) outcomes.stream().filter(RunOutcome::alreadyDone).count();
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
                known < outcomes.size() ? seconds : earlierSeconds(own).orElse(seconds));
        if (standing.isBooked()) {
            booked.write(own.folder());
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
                notes(prepared, alterations, claim.card(), verdict),
                evidence,
                seconds,
                known,
                booked));
    }

    /** A verdict on the claim only where the claim's own question was asked; else the numbers without one. */
    private static Verdict judged(Sentence sentence, List<String> beyond) {
        Verdict verdict = sentence.verdict();
        return beyond.isEmpty()
                ? verdict
                : verdict.withheld("another question than the claim's was asked, by " + Plain.list(beyond)
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
    private static Optional<Double> earlierSeconds(LabBook own) {
        return BookedVerdict.read(own.folder()).map(BookedVerdict::seconds);
    }

    private static boolean unfinished(RunOutcome outcome) {
        return outcome.end()
                .map(end -> end.status() == RunEnd.Status.INTERRUPTED)
                .orElse(true);
    }

    /** A protocol with a user's alterations, ready to run. */
    private static final class Prepared {
        private record Key(Spec spec, long seed) {}

        private final Claim claim;
        private final Scale scale;
        private final Map<Arm, List<Key>> arms = new LinkedHashMap<>();
        private final Map<Key, RunPlan> runs = new LinkedHashMap<>();
        private final OtherData otherData;
        private final ShorterRuns shorter;
        private final List<Long> seeds;
        private final Scope scope;
        private final Set<String> drawn = new LinkedHashSet<>();

        Prepared(Claim claim, Scale scale, Alterations alterations, DatasetCache datasets) {
            this.claim = claim;
            this.otherData = new OtherData(datasets);
            this.shorter = new ShorterRuns(datasets);
            this.scale = scale;
            this.scope = new Scope(claim.card(), alterations);
            Protocol protocol = claim.protocol(scale);
            ProtocolFit fit = new ProtocolFit(claim.card().id(), protocol, alterations, datasets);
            this.seeds = alterations.seeds().map(Standing::given).orElseGet(() -> Standing.judged(protocol.seeds()));
            String list = seeds.stream().map(String::valueOf).collect(Collectors.joining(","));
            for (Arm arm : protocol.arms()) {
                SpecDocument own = arm.spec()
                        .having("name=" + claim.card().id())
                        .withSeeds(seeds.size() == 1 ? list + "-" + list : list);
                SpecDocument altered = alterations.of(own, claim.card());
                if (!alterations.assignments().isEmpty()) {
                    scope.compare(own.spec(), altered.spec());
                }
                if (alterations.otherData()) {
                    altered = otherData.fit(own, altered, scale, 1);
                }
                fit.require(arm, own, altered);
                if (!alterations.gives("measure")) {
                    altered = shorter.fit(altered, 1);
                }
                drawn.addAll(DrawnOnce.note(altered.spec()).stream().toList());
                List<Key> keys = new ArrayList<>();
                for (RunPlan plan : plans(altered)) {
                    Key key = new Key(plan.spec(), plan.seed());
                    keys.add(key);
                    runs.putIfAbsent(key, new RunPlan(plan.spec(), plan.seed(), Map.of("arm", arm.name())));
                }
                arms.put(arm, keys);
            }
        }

        /** Of each seed; where something is drawn of files, each seed draws its own. */
        private List<RunPlan> plans(SpecDocument arm) {
            return DrawnOnce.isDrawnPerSeed(arm.spec())
                    ? seeds.stream()
                            .flatMap(seed -> arm
                                    .having("data.seed=" + seed)
                                    .withSeeds(seed + "-" + seed)
                                    .study(Instruments.names())
                                    .runs()
                                    .stream())
                            .toList()
                    : arm.study(Instruments.names()).runs();
        }

        List<String> beyond() {
            return scope.beyond();
        }

        StudyPlan study() {
            Card card = claim.card();
            return new StudyPlan(card.id(), card.statement(), card.why(), List.copyOf(runs.values()));
        }

        List<Long> seeds() {
            return seeds;
        }

        List<String> notes() {
            return Stream.of(otherData.notes(), shorter.notes(), List.copyOf(drawn))
                    .flatMap(List::stream)
                    .toList();
        }

        Evidence evidence(LabBook own, List<RunOutcome> outcomes) {
            Map<String, BookedRun> booked = new LinkedHashMap<>();
            own.study(claim.card().id()).forEach(run -> booked.put(run.key(), run));
            Map<Key, RecordedRun> recorded = new LinkedHashMap<>();
            for (RunOutcome outcome : outcomes) {
                BookedRun run = Optional.ofNullable(booked.get(outcome.key()))
                        .orElseThrow(() -> new IllegalStateException("the lab book lost run " + outcome.key()));
                recorded.put(new Key(outcome.run().spec(), outcome.run().seed()), own.read(run));
            }
            List<ArmRuns> all = new ArrayList<>();
            arms.forEach((arm, keys) -> all.add(new ArmRuns(
                    arm,
                    keys.getFirst().spec(),
                    keys.stream()
                            .flatMap(key -> Optional.ofNullable(recorded.get(key)).stream())
                            .toList())));
            return new Evidence(scale, all);
        }
    }
}
