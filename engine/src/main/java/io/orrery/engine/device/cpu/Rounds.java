package io.orrery.engine.device.cpu;

import java.util.Set;
import java.util.TreeSet;

/**
 * How parts share images: in rounds, in each of which every part has a few that follow each other.
 *
 * @param images in all
 * @param each images that a part has in a whole round
 * @param parts who share
 */
record Rounds(int images, int each, int parts) {
    /** Images of a whole round. */
    int length() {
        return Math.min(images, each * parts);
    }

    /** Where a part's images begin in a round of so many; those of {@code parts} begin at its end. */
    int begin(int count, int part) {
        return (int) ((long) count * part / parts);
    }

    /** The numbers of images that parts have, 0 left out, in whole rounds and in the last one. */
    Set<Integer> shares() {
        Set<Integer> shares = new TreeSet<>();
        for (int count : new int[] {length(), images % length()}) {
            for (int part = 0; part < parts; part++) {
                shares.add(begin(count, part + 1) - begin(count, part));
            }
        }
        shares.remove(0);
        return shares;
    }
}
