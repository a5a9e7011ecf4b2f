package io.orrery.lab.setup;

import io.orrery.lab.UserError;
import io.orrery.lab.spec.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** Which seeds a study runs: a count n means 1 to n, a list such as 1,2,5-9 means itself. */
public final class SeedList {
    private static final int MOST = 10_000;
    private static final int MOST_COUNTED = 1000;
    private static final Pattern PART = Pattern.compile("([0-9]{1,18})(?:-([0-9]{1,18}))?");
    private static final String EXPECTED = "expected a count such as 5 or a list such as 1,2,5-9";

    private SeedList() {}

    /** The seeds of {@code seeds:} in a spec: a count, a range as text, or a list of seeds and ranges. */
    static List<Long> read(Tree tree) {
        String where = tree.origin() + ": seeds: ";
        return switch (tree) {
            case Tree.Scalar scalar -> parse(scalar.value(), where);
            case Tree.Items items -> {
                List<Long> seeds = new ArrayList<>();
                for (Tree item : items.values()) {
                    if (!(item instanceof Tree.Scalar scalar)) {
                        throw new UserError(item.origin() + ": seeds: " + EXPECTED + ", found " + item.found());
                    }
                    seeds.addAll(part(scalar.value(), item.origin() + ": seeds: "));
                }
                yield checked(seeds, where);
            }
            case Tree.Block block -> throw new UserError(where + EXPECTED + ", found " + block.found());
        };
    }

    /**
     * The seeds of a text.
     *
     * @param where begins the message of an error
     */
    public static List<Long> parse(String text, String where) {
        String trimmed = text.strip();
        if (trimmed.matches("[0-9]{1,18}")) {
            requireCount(Long.parseLong(trimmed), where);
            return checked(
                    LongStream.rangeClosed(1, most(Long.parseLong(trimmed), where))
                            .boxed()
                            .toList(),
                    where);
        }
        List<Long> seeds = new ArrayList<>();
        for (String part : trimmed.split(",", -1)) {
            seeds.addAll(part(part.strip(), where));
        }
        return checked(seeds, where);
    }

    /** A number alone is a count. Above a thousand it is more often a seed: 2001 would train two thousand runs. */
    private static void requireCount(long count, String where) {
        if (count > MOST_COUNTED && count <= MOST) {
            throw new UserError(where + count + " alone means the seeds 1 to " + count + "; write 1-" + count
                    + " for them, or " + count + "-" + count + " for the one seed " + count);
        }
    }

    private static List<Long> part(String text, String where) {
        Matcher matcher = PART.matcher(text);
        if (!matcher.matches()) {
            throw new UserError(where + EXPECTED + ", found '" + text + "'");
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
        if (last < first) {
            throw new UserError(where + "the range " + text + " runs backwards");
        }
        most(last - first + 1, where);
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private static long most(long count, String where) {
        if (count > MOST) {
            throw new UserError(where + "at most " + MOST + " seeds, found " + count);
        }
        return count;
    }

    private static List<Long> checked(List<Long> seeds, String where) {
        if (seeds.isEmpty()) {
            throw new UserError(where + "expected at least one seed, found none");
        }
        most(seeds.size(), where);
        for (int i = 0; i < seeds.size(); i++) {
            if (seeds.indexOf(seeds.get(i)) < i) {
                throw new UserError(where + "the seed " + seeds.get(i) + " stands twice");
            }
        }
        return List.copyOf(seeds);
    }
}
