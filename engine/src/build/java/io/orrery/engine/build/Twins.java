package io.orrery.engine.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes what is never committed: the double twin of every {@code Float*.java}, and of the register tiles those that continue
 * their sums. The build runs this file from its source before it compiles the engine; tests of the kernels get twins too.
 *
 * <p>A replacement that finds nothing to replace, or leaves something, is an error: a kernel that was written in a way that
 * is not understood here would else be a twin of the wrong precision or start its sums afresh.
 */
public final class Twins {
    private static final Pattern TILES = Pattern.compile("Float(Wide|Narrow)Tiles");
    private static final Pattern TILES_FILE = Pattern.compile(TILES + "\\.java");
    private static final String CONTINUED = "Float$1ContinuedTiles";
    private static final Pattern START = Pattern.compile("c(\\d+)([ab]?) = FloatVector\\.zero\\(SPECIES\\)");
    private static final Pattern ZERO = Pattern.compile("FloatVector\\.zero\\(");
    private static final Pattern LITERAL = Pattern.compile("(\\d)f\\b");
    private static final Pattern HEXADECIMAL_OR_CAPITAL = Pattern.compile("\\b\\d[\\d._]*F\\b|\\b0x[0-9a-fA-F.]+[pP]");

    private Twins() {}

    /**
     * Writes the twins of folders of sources.
     *
     * @param arguments pairs of a folder of sources and a folder to write to
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0 || arguments.length % 2 != 0) {
            throw new IllegalArgumentException("expected pairs of a folder of sources and one to write to");
        }
        for (int i = 0; i < arguments.length; i += 2) {
            write(Path.of(arguments[i]), Path.of(arguments[i + 1]));
        }
    }

    /**
     * Makes a folder hold the twins of a folder of sources and nothing else; files that are right are left alone, so that
     * nothing is compiled again for nothing.
     *
     * @throws IllegalStateException naming the file, if a twin stands among the sources or a source is not understood
     */
    static void write(Path sources, Path target) throws IOException {
        SequencedMap<Path, String> wanted = wanted(sources);
        for (Path twin : wanted.keySet()) {
            if (Files.exists(sources.resolve(twin))) {
                throw new IllegalStateException(
                        sources.resolve(twin) + " is generated and must not stand among the sources");
            }
        }
        if (Files.exists(target)) {
            try (Stream<Path> there = Files.walk(target)) {
                for (Path path : there.sorted(Comparator.reverseOrder()).toList()) {
                    if (Files.isRegularFile(path) && !wanted.containsKey(target.relativize(path))) {
                        Files.delete(path);
                    }
                }
            }
        }
        for (var twin : wanted.entrySet()) {
            Path path = target.resolve(twin.getKey());
            if (!Files.exists(path) || !Files.readString(path).equals(twin.getValue())) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, twin.getValue());
            }
        }
    }

    private static SequencedMap<Path, String> wanted(Path sources) throws IOException {
        SequencedMap<Path, String> wanted = new TreeMap<>();
        List<Path> singles;
        try (Stream<Path> walk = Files.walk(sources)) {
            singles =
                    walk.filter(path -> isSingle(path.getFileName().toString())).toList();
        }
        for (Path single : singles) {
            Path place = sources.relativize(single);
            String name = single.getFileName().toString();
            String source = Files.readString(single);
            wanted.put(place.resolveSibling(doubled(name, name)), doubled(source, name));
            if (TILES_FILE.matcher(name).matches()) {
                String continuedName = TILES.matcher(name).replaceFirst(CONTINUED);
                String continued = continued(source, name);
                wanted.put(place.resolveSibling(continuedName), continued);
                wanted.put(place.resolveSibling(doubled(continuedName, name)), doubled(continued, name));
            }
        }
        return wanted;
    }

    /** Functions of single precision have approximations of their own. */
    private static boolean isSingle(String name) {
        return name.startsWith("Float") && name.endsWith(".java") && !name.endsWith("Functions.java");
    }

    /** The same source in double precision. */
    static String doubled(String source, String name) {
        Matcher odd = HEXADECIMAL_OR_CAPITAL.matcher(source);
        if (odd.find()) {
            throw new IllegalStateException(name + ": write " + odd.group() + " as a decimal number with a small f");
        }
        String words =
                source.replace("float", "double").replace("Float", "Double").replace("FLOAT", "DOUBLE");
        return LITERAL.matcher(words).replaceAll("$1");
    }

    /** Register tiles whose accumulators start at what stands in the result instead of zero. */
    static String continued(String source, String name) {
        Matcher starts = START.matcher(source);
        if (!starts.find()) {
            throw new IllegalStateException(
                    name + ": no accumulator that starts at zero, such as c0 = FloatVector.zero(SPECIES)");
        }
        String started = starts.replaceAll(Twins::start);
        Matcher left = ZERO.matcher(started);
        if (left.find()) {
            throw new IllegalStateException(
                    name + ": an accumulator still starts at zero: " + line(started, left.start()));
        }
        return TILES.matcher(started).replaceAll(CONTINUED);
    }

    /** Row i of the tile lies i strides after its first; its second half one vector further. */
    private static String start(MatchResult found) {
        String row = found.group(1);
        String half = found.group(2);
        return "c" + row + half + " = FloatVector.fromArray(SPECIES, result, resultAt + " + row + " * resultStride"
                + (half.equals("b") ? " + LANES" : "") + ")";
    }

    private static String line(String text, int at) {
        int end = text.indexOf('\n', at);
        return text.substring(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length() : end)
                .strip();
    }
}
