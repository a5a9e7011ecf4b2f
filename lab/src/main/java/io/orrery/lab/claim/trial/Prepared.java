package io.orrery.lab.claim.trial;

import io.orrery.lab.UserError;
import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.claim.After;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.At;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.EvidenceSource;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Ran;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.ComputedRun;
import io.orrery.lab.compute.Evaluation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.run.Succession;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.setup.SpecText;
import io.orrery.lab.setup.StudyPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A protocol with a user's alterations, ready to run. */
final class Prepared {
    /** Stands for the arms that take something over. */
    private static final String HEIRS = "{arms}";
    /** So many arms are named; of more the first. */
    private static final int FEW = 3;

    private final Claim claim;
    private final Scale scale;
    private final List<Arm> order;
    private final Map<Arm, List<Key>> arms = new LinkedHashMap<>();
    private final Map<Arm, List<Evaluation>> computed = new LinkedHashMap<>();
    private final Map<Key, RunPlan> runs = new LinkedHashMap<>();
    private final OtherData otherData;
    private final ShorterRuns shorter;
    private final List<Long> seeds;
    private final Scope scope;
    private final Set<String> drawn = new LinkedHashSet<>();
    private final DatasetCache datasets;
    /** What is taken over, in words, with those who take it: arms that differ in nothing of that are told together. */
    private final Map<String, List<String>> successions = new LinkedHashMap<>();

    private final Inspections inspections;
    /** The first step at which another arm starts or looks, by the name of the arm that it starts from. */
    private final Map<String, Long> startedAt = new HashMap<>();

    Prepared(Claim claim, Scale scale, Alterations alterations, DatasetCache datasets) {
        this.claim = claim;
        this.datasets = datasets;
        this.otherData = new OtherData(datasets);
        this.shorter = new ShorterRuns(datasets);
        this.scale = scale;
        this.scope = new Scope(claim.card(), alterations);
        Protocol protocol = claim.protocol(scale);
        ProtocolFit fit = new ProtocolFit(claim.card().id(), protocol, alterations, datasets);
        this.seeds = alterations.seeds().map(Standing::given).orElseGet(() -> Standing.judged(protocol.seeds()));
        this.order = protocol.arms();
        ComputedArms computing = new ComputedArms(claim.card().id(), order, alterations);
        Alterations training = alterations.without(computing.names());
        this.inspections = new Inspections(seeds);
        order.forEach(this::noteSteps);
        for (Arm arm : order) {
            switch (arm.work()) {
                case EvidenceSource.Training(SpecDocument spec) -> train(arm, spec, training, fit);
                case EvidenceSource.Computing(Computation computation, Setting setting) -> {
                    Setting altered = computing.setting(computation, setting);
                    computed.put(
                            arm,
                            seeds.stream()
                                    .map(seed -> new Evaluation(computation, seed, altered))
                                    .toList());
                }
                case EvidenceSource.Examining(Examination examination, Setting setting, List<At> _) ->
                    inspections.add(arm, computing.setting(examination, setting));
            }
        }
    }

    /** At which steps an arm starts from others or looks at them. */
    private void noteSteps(Arm arm) {
        arm.starts().values().forEach(start -> start.step().ifPresent(step -> noteStep(start.arm(), step)));
        if (arm.work() instanceof EvidenceSource.Examining examining) {
            examining.of().forEach(at -> at.step().ifPresent(step -> noteStep(at.arm(), step)));
        }
    }

    private void noteStep(String arm, long step) {
        startedAt.merge(arm, Math.max(1, step), Math::min);
    }

    private void train(Arm arm, SpecDocument spec, Alterations alterations, ProtocolFit fit) {
        String list = seeds.stream().map(String::valueOf).collect(Collectors.joining(","));
        SpecDocument own =
                spec.having("name=" + claim.card().id()).withSeeds(seeds.size() == 1 ? list + "-" + list : list);
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
        if (startedAt.containsKey(arm.name())
                && altered.spec().measure().checkpointEvery().isEmpty()) {
            // The first checkpoint is kept, so nothing need be trained twice to start there.
            altered = altered.having("measure.checkpointEvery=" + startedAt.get(arm.name()));
        }
        drawn.addAll(DrawnOnce.note(altered.spec()).stream().toList());
        List<Key> keys = new ArrayList<>();
        List<RunPlan> plans = plans(altered);
        for (int i = 0; i < plans.size(); i++) {
            RunPlan plan = plans.get(i);
            Key key = new Key(plan.spec(), plan.seed(), links(arm, i));
            if (i == 0) {
                key.from()
                        .forEach((role, link) -> successions
                                .computeIfAbsent(succession(arm, role, plan, link), _ -> new ArrayList<>())
                                .add(arm.name()));
            }
            keys.add(key);
            runs.putIfAbsent(key, new RunPlan(plan.spec(), plan.seed(), askedBy(arm)));
        }
        arms.put(arm, keys);
    }

    /** What the networks of an arm's run of a seed start from. */
    private SequencedMap<String, Key.Link> links(Arm arm, int seed) {
        SequencedMap<String, Key.Link> links = new LinkedHashMap<>();
        arm.starts()
                .forEach((role, start) ->
                        links.put(role, new Key.Link(key(start.arm(), seed), start.step(), start.memory())));
        return links;
    }

    /** What is taken over, told before anything is trained; as of the first seed it is of all. */
    private String succession(Arm arm, String role, RunPlan plan, Key.Link link) {
        Key parent = link.parent();
        String start =
                Optional.ofNullable(arm.starts().get(role)).map(After::text).orElse("");
        try {
            return (role.isEmpty() ? "" : "the " + role + " of ") + HEIRS + " from " + start + ": "
                    + Succession.to(
                                    role,
                                    plan.spec(),
                                    datasets.load(
                                            plan.spec().data(),
                                            plan.seed(),
                                            plan.spec().precision()),
                                    parent.spec(),
                                    datasets.load(
                                            parent.spec().data(),
                                            parent.seed(),
                                            parent.spec().precision()),
                                    link.memory())
                            .text();
        } catch (UserError wrong) {
            throw new UserError(
                    (role.isEmpty() ? "" : "the " + role + " of ") + "the arm '" + arm.name() + "' cannot start from '"
                            + start + "': " + wrong.getMessage(),
                    wrong);
        }
    }

    private List<String> successionNotes() {
        return successions.entrySet().stream()
                .map(known -> known.getKey()
                        .replace(
                                HEIRS,
                                heirs(known.getValue())
                                        + (known.getKey().startsWith(HEIRS)
                                                        && known.getValue().size() > 1
                                                ? " start"
                                                : " starts")))
                .toList();
    }

    private static String heirs(List<String> arms) {
        return arms.size() <= FEW
                ? String.join(", ", arms)
                : arms.getFirst() + " and " + (arms.size() - 1) + " other arms";
    }

    /** Who asks for a run first; others may share it. */
    private Map<String, String> askedBy(Arm arm) {
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("claim", claim.card().id());
        asked.put("arm", arm.name());
        return asked;
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
        return study(List.copyOf(runs.values()));
    }

    /** Some of its runs. */
    StudyPlan study(List<RunPlan> some) {
        Card card = claim.card();
        return new StudyPlan(ClaimBook.RUNS, card.statement(), card.why(), some);
    }

    /** All runs, each once; one that starts from another has no parent yet. */
    Map<Key, RunPlan> runs() {
        return Collections.unmodifiableMap(runs);
    }

    List<Long> seeds() {
        return seeds;
    }

    List<String> notes() {
        return Stream.of(otherData.notes(), shorter.notes(), List.copyOf(drawn), successionNotes())
                .flatMap(List::stream)
                .toList();
    }

    /** What is asked of the networks that were trained, arm by arm. */
    Map<Arm, List<Inspections.Asked>> inspections(Waves waves, Waves.Trained trained) {
        return inspections.of(waves, trained, this::key);
    }

    /** How many examinations there are. */
    int examinations() {
        return inspections.count();
    }

    private Key key(String arm, int seed) {
        return arms.entrySet().stream()
                .filter(known -> known.getKey().name().equals(arm))
                .map(known -> known.getValue().get(seed))
                .findFirst()
                .orElseThrow();
    }

    /** What is to be computed, each once. */
    List<Evaluation> evaluations() {
        return computed.values().stream().flatMap(List::stream).distinct().toList();
    }

    /** What the lab book now holds, arm by arm in the protocol's order. */
    Evidence evidence(
            LabBook own,
            Waves.Trained outcomes,
            Map<Arm, List<Inspections.Asked>> asked,
            List<ComputedRun> answers,
            Map<String, String> provenance) {
        Map<Key, RecordedRun> trained = recorded(own, outcomes);
        Map<Evaluation, RecordedRun> answered = new LinkedHashMap<>();
        for (ComputedRun answer : answers) {
            if (answer instanceof ComputedRun.Done done) {
                answered.put(done.evaluation(), done.recorded(claim.card().id(), provenance));
            }
        }
        return new Evidence(
                scale,
                order.stream()
                        .map(arm -> switch (arm.work()) {
                            case EvidenceSource.Training _ -> runs(arm, trained);
                            case EvidenceSource.Computing _ ->
                                runs(arm, computed.getOrDefault(arm, List.of()), answered);
                            case EvidenceSource.Examining work ->
                                runs(arm, work, asked.getOrDefault(arm, List.of()), answered);
                        })
                        .toList());
    }

    private Map<Key, RecordedRun> recorded(LabBook own, Waves.Trained trained) {
        Map<Key, RecordedRun> recorded = new LinkedHashMap<>();
        trained.outcomes().forEach((key, outcome) -> {
            BookedRun run = own.records(ClaimBook.RUNS, outcome.run()).stream()
                    .filter(record -> record.key().equals(outcome.key()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the lab book lost run " + outcome.key()));
            recorded.put(key, own.read(run));
        });
        trained.orphans().forEach(key -> recorded.put(key, orphan(key)));
        return recorded;
    }

    /** A run that could not begin counts as one that diverged, as that did which it starts from. */
    private static RecordedRun orphan(Key key) {
        return diverged(key.seed(), SpecText.json(key.spec()).write(), "the run that it starts from diverged");
    }

    private static RecordedRun diverged(long seed, String spec, String message) {
        return new RecordedRun(
                ClaimBook.RUNS,
                "",
                seed,
                Map.of(),
                spec,
                Map.of(),
                List.of(),
                Optional.of(new RunEnd(RunEnd.Status.DIVERGED, 0, "", "", message, Map.of())));
    }

    private ArmRuns runs(Arm arm, Map<Key, RecordedRun> recorded) {
        List<Key> keys = arms.getOrDefault(arm, List.of());
        return new ArmRuns(
                arm,
                keys.getFirst().spec(),
                keys.stream()
                        .flatMap(key -> Optional.ofNullable(recorded.get(key)).stream())
                        .toList());
    }

    private ArmRuns runs(
            Arm arm,
            EvidenceSource.Examining work,
            List<Inspections.Asked> asked,
            Map<Evaluation, RecordedRun> answered) {
        return new ArmRuns(
                arm,
                new Ran.Examined(work.examination(), inspections.setting(arm), work.of()),
                asked.stream()
                        .map(question -> question.evaluation()
                                .flatMap(evaluation -> Optional.ofNullable(answered.get(evaluation)))
                                .orElseGet(
                                        () -> diverged(question.seed(), "{}", "a run that it would examine diverged")))
                        .toList());
    }

    private static ArmRuns runs(Arm arm, List<Evaluation> asked, Map<Evaluation, RecordedRun> answered) {
        Evaluation first = asked.getFirst();
        return new ArmRuns(
                arm,
                new Ran.Computed(first.computation(), first.setting()),
                asked.stream()
                        .flatMap(evaluation -> Optional.ofNullable(answered.get(evaluation)).stream())
                        .toList());
    }
}
