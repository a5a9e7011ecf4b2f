package io.orrery.app.command;

import io.orrery.app.command.common.CommonOptions;
import io.orrery.app.terminal.Terminal;
import io.orrery.app.terminal.TextTable;
import io.orrery.lab.UserError;
import io.orrery.lab.catalogue.FieldSystem;
import io.orrery.lab.catalogue.Registered;
import io.orrery.lab.catalogue.Systems;
import io.orrery.lab.text.Json;
import io.orrery.lab.text.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which systems of the field are served, and by what. */
@Command(
        name = "systems",
        description = "Lists the methods, measurements and theories of the field, and what serves each here.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  orrery systems",
            "  orrery systems --family grokking",
            "  orrery systems 002-199",
            "",
            "The whole table: docs/systems.md."
        })
public final class SystemsCommand implements Callable<Integer> {
    @Mixin
    private CommonOptions common;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "One system: what it asks for and what serves it.")
    private Optional<String> id = Optional.empty();

    @Option(names = "--family", paramLabel = "TEXT", description = "Only families whose names hold this.")
    private Optional<String> family = Optional.empty();

    @Option(names = "--open", description = "Only systems that nothing serves yet.")
    private boolean open;

    @Override
    public Integer call() {
        List<Registered> things = Stream.concat(Registered.all().stream(), Orrery.registered().stream())
                .toList();
        List<FieldSystem> systems = id.map(SystemsCommand::named).map(List::of).orElseGet(() -> chosen(things));
        if (common.json()) {
            systems.forEach(system -> System.out.println(json(system, things).write()));
        } else if (id.isPresent()) {
            systems.forEach(system -> tell(system, things));
        } else {
            TextTable table = new TextTable("ID", "SYSTEM", "SERVED BY");
            int room = Math.max(30, Terminal.ofProcess().columns() - 60);
            systems.forEach(system -> table.row(system.id(), shortened(system.title(), room), by(system, things)));
            table.lines().forEach(System.out::println);
        }
        return 0;
    }

    private static void tell(FieldSystem system, List<Registered> things) {
        System.out.println(system.id() + "  " + system.title());
        System.out.println("  family      " + system.family());
        System.out.println("  works when  " + system.worksWhen());
        System.out.println("  served by   " + by(system, things));
    }

    private List<FieldSystem> chosen(List<Registered> things) {
        List<FieldSystem> chosen = Systems.all().stream()
                .filter(system -> family.isEmpty()
                        || system.family()
                                .toLowerCase(Locale.ROOT)
                                .contains(family.get().toLowerCase(Locale.ROOT)))
                .filter(system -> !open || Systems.serving(system, things).isEmpty())
                .toList();
        if (chosen.isEmpty() && family.isPresent()) {
            List<String> families =
                    Systems.all().stream().map(FieldSystem::family).distinct().toList();
            throw new UserError(
                    "no family of systems holds '" + family.get() + "'; there are " + String.join(", ", families));
        }
        return chosen;
    }

    private static FieldSystem named(String id) {
        List<String> ids = Systems.all().stream().map(FieldSystem::id).toList();
        return Systems.all().stream()
                .filter(system -> system.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new UserError("there is no system '" + id + "'; "
                        + Nearest.to(id, ids)
                                .map(near -> "did you mean '" + near + "'? ")
                                .orElse("") + "'orrery systems' shows all"));
    }

    private static String by(FieldSystem system, List<Registered> things) {
        List<Registered> serving = Systems.serving(system, things);
        return serving.isEmpty()
                ? "-"
                : serving.stream()
                        .map(thing -> thing.kind() + " " + thing.name())
                        .collect(Collectors.joining(", "));
    }

    private static String shortened(String title, int most) {
        return title.length() <= most ? title : title.substring(0, most - 3) + "...";
    }

    private static Json json(FieldSystem system, List<Registered> things) {
        return Json.object()
                .put("id", system.id())
                .put("family", system.family())
                .put("title", system.title())
                .put("worksWhen", system.worksWhen())
                .put(
                        "servedBy",
                        Json.array(Systems.serving(system, things).stream()
                                .<Json>map(thing ->
                                        Json.object().put("kind", thing.kind()).put("name", thing.name()))
                                .toList()));
    }
}
