package io.orrery.lab.instrument;

import io.orrery.lab.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The registry: every instrument has one line here. */
public final class Instruments {
    private static final List<Instrument> ALL = List.of(
            new LossInstrument(),
            new NeuralCollapseInstrument(),
            new MarginsInstrument(),
            new NormsInstrument(),
            new RankInstrument(),
            new GradientInstrument(),
            new DistanceInstrument(),
            new DualityInstrument());

    private Instruments() {}

    /** All instruments in the order of reports. */
    public static List<Instrument> all() {
        return ALL;
    }

    /**
     * The instruments of a spec's list, in the order of {@link #all}, each once. {@code default} and {@code all} both name
     * every instrument there is today.
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
            if (names.contains("default") || names.contains("all") || names.contains(instrument.name())) {
                chosen.add(instrument);
            }
        }
        return List.copyOf(chosen);
    }
}
