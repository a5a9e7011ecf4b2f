package io.orrery.lab.claim.trial;

import io.orrery.lab.book.BookedRun;
import io.orrery.lab.book.LabBook;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.ArmRuns;
import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.Claim;
import io.orrery.lab.claim.Evidence;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.claim.Ran;
import io.orrery.lab.claim.Scale;
import io.orrery.lab.claim.Work;
import io.orrery.lab.compute.ComputedRun;
import io.orrery.lab.compute.Evaluation;
import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.setup.RunPlan;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.setup.StudyPlan;
import io.orrery.lab.study.RunOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A protocol with a user's alterations, ready to run. */
final class Prepared {
    private record Key(Spec spec, long seed) {}

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

    Prepared(Claim claim, Scale scale, Alterations alterations, DatasetCache datasets) {
        this.claim = claim;
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
        for (Arm arm : order) {
            switch (arm.work()) {
                case Work.Training(SpecDocument spec) -> train(arm, spec, training, fit);
                case Work.Computing work ->
                    computed.put(
                            arm,
                            seeds.stream()
                                    .map(seed -> new Evaluation(work.computation(), seed, computing.setting(work)))
                                    .toList());
            }
        }
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
        drawn.addAll(DrawnOnce.note(altered.spec()).stream().toList());
        List<Key> keys = new ArrayList<>();
        for (RunPlan plan : plans(altered)) {
            Key key = new Key(plan.spec(), plan.seed());
            keys.add(key);
            runs.putIfAbsent(key, new RunPlan(plan.spec(), plan.seed(), askedBy(arm)));
        }
        arms.put(arm, keys);
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
        Card card = claim.card();
        return new StudyPlan(ClaimBook.RUNS, card.statement(), card.why(), List.copyOf(runs.values()));
    }

    List<Long> seeds() {
        return seeds;
    }

    List<String> notes() {
        return Stream.of(otherData.notes(), shorter.notes(), List.copyOf(drawn))
                .flatMap(List::stream)
                .toList();
    }

    /** What is to be computed, each once. */
    List<Evaluation> evaluations() {
        return computed.values().stream().flatMap(List::stream).distinct().toList();
    }

    /** What the lab book now holds, arm by arm in the protocol's order. */
    Evidence evidence(
            LabBook own, List<RunOutcome> outcomes, List<ComputedRun> answers, Map<String, String> provenance) {
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
                            case Work.Training _ -> runs(arm, trained);
                            case Work.Computing _ -> runs(arm, computed.getOrDefault(arm, List.of()), answered);
                        })
                        .toList());
    }

    private Map<Key, RecordedRun> recorded(LabBook own, List<RunOutcome> outcomes) {
        Map<Key, RecordedRun> recorded = new LinkedHashMap<>();
        for (RunOutcome outcome : outcomes) {
            BookedRun run = own.records(ClaimBook.RUNS, outcome.run()).stream()
                    .filter(record -> record.key().equals(outcome.key()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("the lab book lost run " + outcome.key()));
            recorded.put(new Key(outcome.run().spec(), outcome.run().seed()), own.read(run));
        }
        return recorded;
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
