package io.orrery.lab.claim;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Evidence of a claim's own protocol with measurements that a test makes up: nothing is trained. */
public final class SimulatedEvidence {
    private final Claim claim;
    private final Protocol protocol;
    private final List<PreparedArm> arms;
    private final Map<String, List<List<Measurement>>> measurements = new HashMap<>();

    /** An arm with its spec read once, since reading takes longer than judging. */
    private record PreparedArm(Arm arm, Spec spec, String yaml) {}

    private SimulatedEvidence(Claim claim, Protocol protocol, List<PreparedArm> arms) {
        this.claim = claim;
        this.protocol = protocol;
        this.arms = arms;
        protocol.arms().forEach(arm -> {
            List<List<Measurement>> seeds = new ArrayList<>();
            for (int seed = 0; seed < protocol.seeds(); seed++) {
                seeds.add(new ArrayList<>());
            }
            measurements.put(arm.name(), seeds);
        });
    }

    /** Of the claim's quick protocol, without any measurement. */
    public static SimulatedEvidence of(Claim claim) {
        Protocol protocol = claim.protocol(Scale.QUICK);
        List<PreparedArm> arms = protocol.arms().stream()
                .map(arm -> {
                    Spec spec = arm.spec().spec();
                    return new PreparedArm(arm, spec, SpecText.yaml(spec));
                })
                .toList();
        return new SimulatedEvidence(claim, protocol, arms);
    }

    /** The same measurements, to which others can be added apart. */
    public SimulatedEvidence copy() {
        SimulatedEvidence copy = new SimulatedEvidence(claim, protocol, arms);
        measurements.forEach((arm, seeds) -> {
            for (int seed = 0; seed < seeds.size(); seed++) {
                copy.seedsOf(arm).get(seed).addAll(seeds.get(seed));
            }
        });
        return copy;
    }

    /** A number of each seed of an arm at a step; the series as instrument.quantity/layer@split. */
    public SimulatedEvidence put(String arm, String series, long step, double... seeds) {
        for (int seed = 0; seed < seeds.length; seed++) {
            add(arm, series, step, seed, seeds[seed]);
        }
        return this;
    }

    /** The same number in each seed of an arm at a step. */
    public SimulatedEvidence same(String arm, String series, long step, double value) {
        return put(
                arm,
                series,
                step,
                DoubleStream.generate(() -> value).limit(protocol.seeds()).toArray());
    }

    /** The same vector in each seed of an arm at a step. */
    public SimulatedEvidence vector(String arm, String series, long step, double... values) {
        for (int seed = 0; seed < protocol.seeds(); seed++) {
            add(arm, series, step, seed, values);
        }
        return this;
    }

    /** A vector of each seed of an arm at a step. */
    public SimulatedEvidence vectors(String arm, String series, long step, double[][] seeds) {
        for (int seed = 0; seed < seeds.length; seed++) {
            add(arm, series, step, seed, seeds[seed]);
        }
        return this;
    }

    /** One number in all seeds and arms at a step, such as an accuracy of 1. */
    public SimulatedEvidence everywhere(String series, long step, double value) {
        protocol.arms().forEach(arm -> same(arm.name(), series, step, value));
        return this;
    }

    /** What the judge is shown. */
    public Evidence evidence() {
        return new Evidence(Scale.QUICK, arms.stream().map(this::runs).toList());
    }

    private void add(String arm, String series, long step, int seed, double... values) {
        String split = series.contains("@") ? series.substring(series.indexOf('@') + 1) : "";
        String rest = series.contains("@") ? series.substring(0, series.indexOf('@')) : series;
        String layer = rest.contains("/") ? rest.substring(rest.indexOf('/') + 1) : "";
        String name = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
        int dot = name.indexOf('.');
        seedsOf(arm)
                .get(seed)
                .add(new Measurement(
                        step,
                        name.substring(0, dot),
                        name.substring(dot + 1),
                        layer,
                        split,
                        DoubleStream.of(values).boxed().toList()));
    }

    private List<List<Measurement>> seedsOf(String arm) {
        return Optional.ofNullable(measurements.get(arm))
                .orElseThrow(() -> new IllegalArgumentException("the protocol has no arm '" + arm + "'"));
    }

    private ArmRuns runs(PreparedArm prepared) {
        Arm arm = prepared.arm;
        List<RecordedRun> runs = new ArrayList<>();
        for (int seed = 0; seed < protocol.seeds(); seed++) {
            List<Measurement> seen = seedsOf(arm.name()).get(seed);
            long steps = seen.stream().mapToLong(Measurement::step).max().orElse(0);
            runs.add(new RecordedRun(
                    claim.card().id(),
                    "run" + seed,
                    seed + 1,
                    Map.of("arm", arm.name()),
                    prepared.yaml,
                    Map.of(),
                    seen,
                    Optional.of(new RunEnd(RunEnd.Status.DONE, steps, "", "", "", Map.of()))));
        }
        return new ArmRuns(arm, prepared.spec, runs);
    }
}
