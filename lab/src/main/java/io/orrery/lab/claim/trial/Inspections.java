package io.orrery.lab.claim.trial;

import io.orrery.lab.claim.Arm;
import io.orrery.lab.claim.At;
import io.orrery.lab.claim.EvidenceSource;
import io.orrery.lab.compute.Evaluation;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Inspection;
import io.orrery.lab.study.RunOutcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What the examining arms of a protocol ask of the runs of the others, seed by seed or pair of seeds by pair. */
final class Inspections {
    private final Map<Arm, Setting> settings = new LinkedHashMap<>();
    private final List<Long> seeds;

    Inspections(List<Long> seeds) {
        this.seeds = List.copyOf(seeds);
    }

    /**
     * One question; the evaluation is empty if a run that it would look at diverged.
     *
     * @param seed of the runs, the first one's of a pair
     */
    record Asked(long seed, Optional<Evaluation> evaluation) {}

    void add(Arm arm, Setting setting) {
        settings.put(arm, setting);
    }

    /** An arm's setting, a user's alterations included. */
    Setting setting(Arm arm) {
        return Optional.ofNullable(settings.get(arm)).orElseThrow();
    }

    /** How many questions there are. */
    int count() {
        return settings.keySet().stream()
                .mapToInt(arm -> places(of(arm)).size())
                .sum();
    }

    /**
     * The questions of every arm.
     *
     * @param run of an arm by its name and the place of its seed
     */
    Map<Arm, List<Asked>> of(Waves waves, Waves.Trained trained, BiFunction<String, Integer, Key> run) {
        Map<Arm, List<Asked>> all = new LinkedHashMap<>();
        settings.forEach((arm, setting) -> {
            List<Asked> asked = new ArrayList<>();
            for (int place : places(of(arm))) {
                List<Inspection.At> states = new ArrayList<>();
                for (At at : of(arm)) {
                    Optional.ofNullable(trained.outcomes().get(run.apply(at.arm(), place + (at.next() ? 1 : 0))))
                            .filter(outcome -> !Waves.diverged(outcome))
                            .ifPresent((RunOutcome outcome) -> states.add(waves.state(outcome, at.step())));
                }
                long seed = seeds.get(place);
                asked.add(new Asked(
                        seed,
                        states.size() < of(arm).size()
                                ? Optional.empty()
                                : Optional.of(new Evaluation(
                                        new Inspection(work(arm).examination(), states, waves.states()),
                                        seed,
                                        setting))));
            }
            all.put(arm, List.copyOf(asked));
        });
        return all;
    }

    private static EvidenceSource.Examining work(Arm arm) {
        if (arm.work() instanceof EvidenceSource.Examining examining) {
            return examining;
        }
        throw new IllegalStateException("the arm " + arm.name() + " examines nothing");
    }

    private static List<At> of(Arm arm) {
        return work(arm).of();
    }

    /** Places of the seeds that are asked about: all of them, or the first of each pair. */
    private List<Integer> places(List<At> of) {
        int stride = of.stream().anyMatch(At::next) ? 2 : 1;
        List<Integer> places = new ArrayList<>();
        for (int place = 0; place + stride <= seeds.size(); place += stride) {
            places.add(place);
        }
        return places;
    }
}
