package io.orrery.lab.claim;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.observe.Measurement;
import io.orrery.lab.run.RunEnd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Evidence of a computed claim's own protocol with results that a test makes up: nothing is computed. */
public final class MadeUpResults {
    private MadeUpResults() {}

    /** What an arm of a name and setting gave in a seed, counted from 0. */
    public interface Maker {
        Results of(String arm, Setting setting, int seed);
    }

    /** What the judge is shown of the claim's quick protocol. */
    public static Evidence of(Claim claim, Maker maker) {
        return of(claim, maker, Map.of());
    }

    /**
     * The same where the judge reads of trained runs too.
     *
     * @param trained the last value, in every run of every trained arm, by instrument.quantity@split
     */
    public static Evidence of(Claim claim, Maker maker, Map<String, Double> trained) {
        Protocol protocol = claim.protocol(Scale.QUICK);
        return new Evidence(
                Scale.QUICK,
                protocol.arms().stream()
                        .map(arm -> arm(claim, protocol, arm, maker, trained))
                        .toList());
    }

    private static ArmRuns arm(Claim claim, Protocol protocol, Arm arm, Maker maker, Map<String, Double> trained) {
        return switch (arm.work()) {
            case EvidenceSource.Computing(var computation, var setting) ->
                new ArmRuns(
                        arm,
                        new Ran.Computed(computation, setting),
                        runs(
                                claim,
                                protocol,
                                arm,
                                seed -> series(computation.name(), maker.of(arm.name(), setting, seed))));
            case EvidenceSource.Examining(var examination, var setting, var of) ->
                new ArmRuns(
                        arm,
                        new Ran.Examined(examination, setting, of),
                        runs(
                                claim,
                                protocol,
                                arm,
                                seed -> series(examination.name(), maker.of(arm.name(), setting, seed))));
            case EvidenceSource.Training(var spec) ->
                new ArmRuns(arm, spec.spec(), runs(claim, protocol, arm, _ -> readings(trained)));
        };
    }

    private static List<Measurement> series(String name, Results results) {
        return results.series().entrySet().stream()
                .map(series -> new Measurement(0, name, series.getKey(), "", "", series.getValue()))
                .toList();
    }

    private static List<Measurement> readings(Map<String, Double> trained) {
        return trained.entrySet().stream()
                .map(reading -> {
                    String[] parts = reading.getKey().split("[.@]", -1);
                    return new Measurement(
                            0, parts[0], parts[1], "", parts.length > 2 ? parts[2] : "", List.of(reading.getValue()));
                })
                .toList();
    }

    private static List<RecordedRun> runs(
            Claim claim, Protocol protocol, Arm arm, IntFunction<List<Measurement>> measured) {
        return IntStream.range(0, protocol.seeds())
                .mapToObj(seed -> new RecordedRun(
                        claim.card().id(),
                        "run" + seed,
                        seed + 1,
                        Map.of("arm", arm.name()),
                        "{}",
                        Map.of(),
                        measured.apply(seed),
                        Optional.of(new RunEnd(RunEnd.Status.DONE, 0, "", "", "", Map.of()))))
                .toList();
    }
}
