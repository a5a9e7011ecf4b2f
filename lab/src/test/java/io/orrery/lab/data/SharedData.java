package io.orrery.lab.data;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/** Finds real data for tests: the folder that ORRERY_DATA names, else {@code ../shared/data} beside the project. */
public final class SharedData {
    private SharedData() {}

    /** A file or folder of the real data; the test is skipped, with a message, if it is not there. */
    public static Path find(String name) {
        return Stream.of(System.getenv("ORRERY_DATA"), root() + "/../shared/data")
                .filter(Objects::nonNull)
                .map(folder -> Path.of(folder).resolve(name).normalize())
                .filter(Files::exists)
                .findFirst()
                .orElseGet(() -> abort("skipped: no real data " + name + " in ORRERY_DATA or ../shared/data"));
    }

    private static String root() {
        return System.getProperty("orrery.root", "..");
    }
}
