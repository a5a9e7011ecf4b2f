package io.orrery.lab.catalogue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The systems of the field, and what of the laboratory serves each. */
public final class Systems {
    private static final String TABLE = "systems.tsv";

    private Systems() {}

    /** All systems in the order of the table. */
    public static List<FieldSystem> all() {
        try (InputStream table = Systems.class.getResourceAsStream(TABLE)) {
            if (table == null) {
                throw new IllegalStateException("the build lacks its resource " + TABLE);
            }
            return new BufferedReader(new InputStreamReader(table, StandardCharsets.UTF_8))
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new FieldSystem(cells[0], cells[1], cells[2], cells[3]))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * What serves a system, claims first.
     *
     * @param things as {@link Registered#all}, which reads every claim's card
     */
    public static List<Registered> serving(FieldSystem system, List<Registered> things) {
        return things.stream()
                .filter(thing -> thing.systems().contains(system.id()))
                .toList();
    }
}
