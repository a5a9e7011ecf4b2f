package io.orrery.lab.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Which systems of the field the laboratory serves, and by what, taken from the things themselves: {@code docs/systems.md}. */
public final class SystemsReference {
    private static final String HEAD = """
            # Systems of the field

            Methods, measurements, theories and experiments of the literature that are to work here, and what serves each today: claims
            (what a run decides about it: `./orrery claim ID`), instruments, bounds, training rules, updates, layers, sequences of tasks and
            sources of data. A system that is served is not yet complete: what it asks for is told by `./orrery systems ID`, what a claim
            found by its verdict. This page is computed from the things of the laboratory themselves (`@Serves`); which commands serve a system
            is told by `./orrery systems`.

            """;

    private SystemsReference() {}

    /**
     * Writes the page.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), page());
    }

    /** The page as Markdown. */
    public static String page() {
        List<Registered> things = Registered.all();
        Map<String, List<FieldSystem>> families = Systems.all().stream()
                .collect(Collectors.groupingBy(FieldSystem::family, LinkedHashMap::new, Collectors.toList()));
        List<FieldSystem> all = Systems.all();
        long served =
                all.stream().filter(system -> !by(things, system).isEmpty()).count();
        StringBuilder page = new StringBuilder(HEAD);
        page.append(served).append(" of ").append(all.size()).append(" systems are served.\n");
        families.forEach((family, systems) -> {
            long some = systems.stream()
                    .filter(system -> !by(things, system).isEmpty())
                    .count();
            page.append("\n## ")
                    .append(family)
                    .append(" (")
                    .append(some)
                    .append(" of ")
                    .append(systems.size())
                    .append(")\n\n");
            List<String> open = new ArrayList<>();
            List<String> lines = new ArrayList<>();
            for (FieldSystem system : systems) {
                String by = by(things, system);
                if (by.isEmpty()) {
                    open.add(system.id());
                } else {
                    lines.add("| " + system.id() + " | " + system.title().replace("|", "/") + " | " + by + " |\n");
                }
            }
            if (!lines.isEmpty()) {
                page.append("| id | system | served by |\n| --- | --- | --- |\n");
                lines.forEach(page::append);
            }
            if (!open.isEmpty()) {
                page.append(lines.isEmpty() ? "" : "\n")
                        .append("Not yet: ")
                        .append(String.join(", ", open))
                        .append(".\n");
            }
        });
        return page.toString();
    }

    private static String by(List<Registered> things, FieldSystem system) {
        return Systems.serving(system, things).stream()
                .map(thing -> thing.kind() + " `" + thing.name() + "`")
                .collect(Collectors.joining(", "));
    }
}
