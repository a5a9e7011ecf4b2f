package io.orrery.lab.claim.trial;

import io.orrery.lab.data.DatasetCache;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.run.Trainer;
import io.orrery.lab.setup.Spec;
import io.orrery.lab.setup.SpecDocument;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Fits a protocol's looks to runs that a user made shorter: a spec that asks for a look after its last step is refused, but
 * here the user changed the end and the claim's file the looks.
 */
final class ShorterRuns {
    private final DatasetCache datasets;
    private final Set<String> notes = new LinkedHashSet<>();

    ShorterRuns(DatasetCache datasets) {
        this.datasets = datasets;
    }

    /**
     * An altered arm without the looks of {@code measure.at} that come after its last step.
     *
     * @throws io.orrery.lab.UserError if the arm is not a spec that can be run
     */
    SpecDocument fit(SpecDocument altered, long seed) {
        Spec spec = altered.spec();
        List<Long> looks = spec.measure().at();
        if (looks.isEmpty()) {
            return altered;
        }
        altered.study(Instruments.names());
        long end = spec.stop().epochs().isEmpty()
                ? spec.stop().steps().orElse(Long.MAX_VALUE)
                : Trainer.totalSteps(spec, datasets.load(spec.data(), seed));
        List<Long> kept = looks.stream().filter(look -> look <= end).toList();
        if (kept.size() == looks.size()) {
            return altered;
        }
        notes.add("runs end at step " + end + ", so the protocol's looks at later steps were left out");
        return altered.having("measure.at=" + kept);
    }

    /** What was done, in plain words, each once. */
    List<String> notes() {
        return List.copyOf(notes);
    }
}
