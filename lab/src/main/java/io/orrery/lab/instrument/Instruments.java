package io.orrery.lab.instrument;

import io.orrery.lab.UserError;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.instrument.bounds.BoundsInstrument;
import io.orrery.lab.instrument.bounds.MarginsInstrument;
import io.orrery.lab.instrument.collapse.BalanceInstrument;
import io.orrery.lab.instrument.collapse.CentralPathInstrument;
import io.orrery.lab.instrument.collapse.ClassesInstrument;
import io.orrery.lab.instrument.collapse.DualityInstrument;
import io.orrery.lab.instrument.collapse.NeuralCollapseInstrument;
import io.orrery.lab.instrument.collapse.RankInstrument;
import io.orrery.lab.instrument.training.CoherenceInstrument;
import io.orrery.lab.instrument.training.DistanceInstrument;
import io.orrery.lab.instrument.training.FluctuationInstrument;
import io.orrery.lab.instrument.training.GradientInstrument;
import io.orrery.lab.instrument.training.LossInstrument;
import io.orrery.lab.instrument.training.NetworksInstrument;
import io.orrery.lab.instrument.training.NeuralPersistenceInstrument;
import io.orrery.lab.instrument.training.NormsInstrument;
import io.orrery.lab.instrument.training.RuleDirectionInstrument;
import io.orrery.lab.instrument.training.SparsityInstrument;
import io.orrery.lab.instrument.training.TasksInstrument;
import io.orrery.lab.instrument.training.UnitsInstrument;
import io.orrery.lab.instrument.training.UpdateInstrument;
import io.orrery.lab.observe.Instrument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registry: every instrument has one line here. */
public final class Instruments {
    /** What every run is measured with unless its spec says otherwise: cheap, and of interest to everybody. */
    private static final List<Instrument> USUAL = List.of(
            new LossInstrument(),
            new TasksInstrument(),
            new NeuralCollapseInstrument(),
            new MarginsInstrument(),
            new NormsInstrument(),
            new RankInstrument(),
            new GradientInstrument(),
            new DistanceInstrument(),
            new DualityInstrument(),
            new BoundsInstrument());

    /** What a spec must name: instruments that cost more, or serve one question. */
    private static final List<Instrument> FURTHER = List.of(
            new UpdateInstrument(),
            new FluctuationInstrument(),
            new UnitsInstrument(),
            new NetworksInstrument(),
            new BalanceInstrument(),
            new CentralPathInstrument(),
            new ClassesInstrument(),
            new CoherenceInstrument(),
            new RuleDirectionInstrument(),
            new SparsityInstrument(),
            new NeuralPersistenceInstrument());

    private static final List<Instrument> ALL =
            Stream.concat(USUAL.stream(), FURTHER.stream()).toList();

    private Instruments() {}

    /** All instruments in the order of reports. */
    public static List<Instrument> all() {
        return ALL;
    }

    /** The names that a spec may give, beside {@code default} and {@code all}. */
    public static Set<String> names() {
        return ALL.stream().map(Instrument::name).collect(Collectors.toUnmodifiableSet());
    }

    /** The instruments that {@code default} names. */
    public static List<Instrument> usual() {
        return USUAL;
    }

    /** Of some instruments those that have something to read where targets are of a kind. */
    public static List<Instrument> reading(TargetKind target, List<Instrument> instruments) {
        return instruments.stream()
                .filter(instrument -> instrument.reads(target))
                .toList();
    }

    /**
     * Refuses a list that names an instrument which has nothing to read where targets are of a kind; what {@code default} and
     * {@code all} name is left out instead.
     *
     * @throws UserError naming it
     */
    public static void requireReading(TargetKind target, List<String> names) {
        for (Instrument instrument : ALL) {
            if (names.contains(instrument.name()) && !instrument.reads(target)) {
                throw new UserError("measure.instruments: " + instrument.name()
                        + " needs targets that are classes or bits, and those of the data are " + target.words()
                        + "; take it away");
            }
        }
    }

    /**
     * The instruments of a spec's list, in the order of {@link #all}, each once. {@code default} names the usual ones,
     * {@code all} every one there is.
     *
     * @throws UserError if a name is not known
     */
    public static List<Instrument> named(List<String> names) {
        List<Instrument> chosen = new ArrayList<>();
        for (String name : names) {
            if (!List.of("default", "all").contains(name)
                    && ALL.stream().noneMatch(instrument -> instrument.name().equals(name))) {
                throw new UserError("measure.instruments: no instrument is named " + name + "; there are default, all, "
                        + ALL.stream().map(Instrument::name).collect(Collectors.joining(", ")));
            }
        }
        for (Instrument instrument : ALL) {
            boolean usual = names.contains("default") && USUAL.contains(instrument);
            if (usual || names.contains("all") || names.contains(instrument.name())) {
                chosen.add(instrument);
            }
        }
        return List.copyOf(chosen);
    }
}
