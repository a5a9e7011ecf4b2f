package io.orrery.app.command;

import io.orrery.app.Version;
import io.orrery.app.command.common.CommonOptions;
import io.orrery.engine.kernel.VectorWidth;
import io.orrery.lab.text.Json;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what this machine offers and what stands in the way. */
@Command(
        name = "doctor",
        description = "Checks this machine: JDK, vector units, cores, memory, a place for the lab book.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  orrery doctor"})
public final class DoctorCommand implements Callable<Integer> {
    private static final int WANTED_JDK = 25;
    private static final long WANTED_DISK_BYTES = 1L << 30;

    @Mixin
    private CommonOptions common;

    private record Check(String name, boolean good, String found, String advice) {}

    @Override
    public Integer call() {
        List<Check> checks = List.of(jdk(), vectors(), cores(), memory(), book());
        for (Check check : checks) {
            if (common.json()) {
                System.out.println(Json.object()
                        .put("event", "check")
                        .put("name", check.name)
                        .put("good", check.good)
                        .put("found", check.found)
                        .put("advice", check.good ? "" : check.advice)
                        .write());
            } else {
                System.out.printf("%-5s %-14s %s%n", check.good ? "ok" : "LOOK", check.name, check.found);
                if (!check.good) {
                    System.out.println("      " + check.advice);
                }
            }
        }
        if (!common.json()) {
            System.out.println("orrery " + Version.text());
        }
        return 0;
    }

    private static Check jdk() {
        int feature = Runtime.version().feature();
        return new Check(
                "JDK",
                feature == WANTED_JDK,
                Runtime.version() + " from " + System.getProperty("java.vendor"),
                "Orrery is built for JDK " + WANTED_JDK + "; set ORRERY_JAVA_HOME to one.");
    }

    private static Check vectors() {
        int bits = VectorWidth.BITS;
        return new Check(
                "vectors",
                bits >= 256,
                VectorWidth.whyNone().map(why -> "none: " + why).orElse(bits + " bits"),
                "Kernels are slow without wide vectors; the results are the same to the bit.");
    }

    private static Check cores() {
        int cores = Runtime.getRuntime().availableProcessors();
        return new Check(
                "cores", cores >= 2, cores + " (--threads defaults to this)", "One core trains one run at a time.");
    }

    private static Check memory() {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return new Check(
                "memory",
                megabytes >= 1500,
                String.format(Locale.ROOT, "%,d MB for the heap", megabytes),
                "MNIST needs about 1.5 GB; set ORRERY_JAVA_FLAGS=-Xmx3g if the machine has it.");
    }

    private Check book() {
        Path folder = common.bookFolder().toAbsolutePath();
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        List<String> trouble = new ArrayList<>();
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            trouble.add("no permission to write in " + existing);
        }
        String free = "unknown";
        try {
            FileStore store = Files.getFileStore(existing);
            free = String.format(Locale.ROOT, "%,d MB free", store.getUsableSpace() >> 20);
            if (store.getUsableSpace() < WANTED_DISK_BYTES) {
                trouble.add("less than 1 GB free");
            }
        } catch (IOException failure) {
            trouble.add("cannot ask for free space: " + failure.getMessage());
        }
        return new Check(
                "lab book",
                trouble.isEmpty(),
                folder + " (" + free + ")",
                String.join("; ", trouble) + ". Choose another place with --out or ORRERY_BOOK.");
    }
}
