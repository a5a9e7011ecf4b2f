package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.ShapeException;
import io.orrery.engine.plan.Storages;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Memory shared by blocks whose lives do not overlap: placed by size, largest first, each at the lowest offset where it
 * meets no block that lives at the same time. Lives are closed intervals of positions in the order of steps.
 */
final class Arena {
    private final int alignment;
    private final List<Block> blocks = new ArrayList<>();
    private int length;

    Arena(int alignment) {
        this.alignment = alignment;
    }

    static final class Block {
        private final int length;
        private final int birth;
        private int death;
        private int offset;

        private Block(int length, int birth, int death) {
            this.length = length;
            this.birth = birth;
            this.death = death;
        }

        int length() {
            return length;
        }

        int death() {
            return death;
        }

        void liveUntil(int position) {
            death = position;
        }

        int offset() {
            return offset;
        }
    }

    Block add(int length, int birth, int death) {
        Block block = new Block(length, birth, death);
        blocks.add(block);
        return block;
    }

    private static int end(int offset, int length) {
        if (length > Storages.MOST - offset) {
            throw new ShapeException(
                    "the arrays of a plan need more than the " + Storages.MOST + " numbers of one array");
        }
        return offset + length;
    }

    void place() {
        List<Block> placed = new ArrayList<>();
        List<Block> bySize = new ArrayList<>(blocks);
        bySize.sort(Comparator.<Block>comparingInt(block -> block.length).reversed());
        for (Block block : bySize) {
            int offset = 0;
            for (Block other : placed) {
                boolean meets = block.birth <= other.death && other.birth <= block.death;
                if (meets && offset < other.offset + other.length && other.offset < offset + (long) block.length) {
                    offset = Storages.aligned(end(other.offset, other.length), alignment);
                }
            }
            block.offset = offset;
            length = Math.max(length, end(offset, block.length));
            int at = 0;
            while (at < placed.size() && placed.get(at).offset <= offset) {
                at++;
            }
            placed.add(at, block);
        }
    }

    int length() {
        return length;
    }
}
