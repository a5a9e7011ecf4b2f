package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.ElementType;
import io.orrery.engine.graph.Leaf;
import io.orrery.engine.graph.Pooling;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.plan.Buffer;
import io.orrery.engine.plan.Storage;
import io.orrery.engine.plan.Storages;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Fourth stage: memory for every value that leaves its step. Values whose lives do not overlap share the arena; the new
 * value of a state array is written straight into the array where nobody reads the old one later.
 *
 * @param buffers the memory of leaves and of stored values; values that stay in registers have none
 * @param snapshots copies of state arrays taken before the first step, by label
 * @param inPlace labels of state arrays that a step writes itself
 * @param storages all storages of the plan
 */
record Placement(
        Map<Value, Buffer> buffers,
        SequencedMap<String, Buffer> snapshots,
        Set<String> inPlace,
        Storages storages,
        int arenaLength,
        int indexArenaLength) {

    private static final int ALIGNMENT_BYTES = 64;

    static Placement of(LiveValues values, Demand demand, List<Step> steps, Precision precision, Rewrites rewrites) {
        return new Builder(values, demand, steps, precision, rewrites.use(Rewrites.Pass.PLACEMENT)).build();
    }

    /** The memory that a view shows: all of it if dense, else the source's elements that it repeats. */
    Optional<Buffer> find(View view) {
        return Optional.ofNullable(buffers.get(view.source()))
                .map(buffer -> buffer.part(view.offset(), Math.min(view.count(), view.length())));
    }

    /** The memory of a view whose source is known to be stored. */
    Buffer require(View view) {
        return find(view).orElseThrow(() -> new IllegalStateException("no memory was placed for " + view.source()));
    }

    private static final class Builder {
        private final LiveValues values;
        private final Demand demand;
        private final List<Step> steps;
        private final boolean share;
        private final int alignment;
        private final Storages storages;
        private final Map<Value, Integer> positions = new HashMap<>();
        private final Map<Value, Buffer> buffers = new HashMap<>();
        private final SequencedMap<String, Buffer> snapshots = new LinkedHashMap<>();
        private final Map<String, Value> inPlace = new HashMap<>();
        private final Map<Value, String> home = new HashMap<>();
        private final Arena reals;
        private final Arena indices;

        Builder(LiveValues values, Demand demand, List<Step> steps, Precision precision, boolean share) {
            this.values = values;
            this.demand = demand;
            this.steps = steps;
            this.share = share;
            this.alignment = ALIGNMENT_BYTES / precision.bytes();
            this.storages = new Storages(alignment);
            this.reals = new Arena(alignment);
            this.indices = new Arena(ALIGNMENT_BYTES / Integer.BYTES);
        }

        Placement build() {
            for (int i = 0; i < steps.size(); i++) {
                for (Value member : steps.get(i).members()) {
                    positions.put(member, i);
                }
            }
            Set<Value> kept = demand.kept();
            demand.assignments().forEach(this::tryInPlace);
            Map<Value, Arena.Block> blocks = new LinkedHashMap<>();
            for (Step step : steps) {
                for (Value member : step.members()) {
                    if (!home.containsKey(member) && (kept.contains(member) || leaves(member))) {
                        blocks.put(member, blockOf(member, kept, blocks));
                    }
                }
            }
            Map<String, Arena.Block> copies = snapshotBlocks();
            reals.place();
            indices.place();
            blocks.forEach((value, block) -> buffers.put(
                    value,
                    new Buffer(
                            value.type() == ElementType.REAL ? Storages.ARENA : Storages.INDEX_ARENA,
                            block.offset(),
                            value.count())));
            copies.forEach(
                    (label, block) -> snapshots.put(label, new Buffer(Storages.ARENA, block.offset(), block.length())));
            home.forEach((value, label) -> buffers.put(value, storages.state(stateArray(label))));
            steps.forEach(this::placeLocals);
            placeLeaves();
            return new Placement(
                    buffers, snapshots, new HashSet<>(inPlace.keySet()), storages, reals.length(), indices.length());
        }

        private Storage.StateArray stateArray(String label) {
            return new Storage.StateArray(label, values.assignment(label).shape());
        }

        /** Whether another step reads the value, or its own must write it: positions are found on the way to the pixels. */
        private boolean leaves(Value value) {
            return value.operation() instanceof Pooling.MaximumPositions
                    || demand.readersOf(value).stream().anyMatch(reader -> position(reader) != position(value));
        }

        /** What a step passes on within itself: the product of a chain, the images that no other step reads. */
        private void placeLocals(Step step) {
            if (step.isProductChain()) {
                Value product = step.members().getFirst();
                buffers.put(product, new Buffer(Storages.LOCAL, 0, product.count()));
            }
            if (step.isImageChain()) {
                placePassedOn(step);
            }
        }

        /** Images that a link alone passes to later ones share memory for a block of images as long as they do not meet. */
        private void placePassedOn(Step chain) {
            Map<Value, Integer> links = new LinkedHashMap<>();
            for (int i = 0; i < chain.links().size(); i++) {
                for (Value member : chain.links().get(i).members()) {
                    links.put(member, i);
                }
            }
            Arena arena = new Arena(alignment);
            Map<Value, Arena.Block> blocks = new LinkedHashMap<>();
            links.forEach((member, birth) -> {
                int death = demand.readersOf(member).stream()
                        .mapToInt(reader -> links.getOrDefault(reader, birth))
                        .max()
                        .orElse(birth);
                if (!buffers.containsKey(member) && death > birth) {
                    int length = member.count() / ImageChains.images(chain) * ImageChains.block(chain);
                    blocks.put(member, arena.add(length, birth, death));
                }
            });
            arena.place();
            blocks.forEach(
                    (value, block) -> buffers.put(value, new Buffer(Storages.LOCAL, block.offset(), value.count())));
        }

        /** Memory for a value: that of an operand which dies as the value is computed if there is one, else its own. */
        private Arena.Block blockOf(Value value, Set<Value> kept, Map<Value, Arena.Block> blocks) {
            Arena arena = value.type() == ElementType.REAL ? reals : indices;
            if (!share) {
                return arena.add(value.count(), -1, steps.size());
            }
            int death = kept.contains(value)
                    ? steps.size()
                    : demand.readersOf(value).stream()
                            .mapToInt(this::position)
                            .max()
                            .orElse(steps.size());
            for (View view : demand.operandsOf(value)) {
                Arena.Block block = blocks.get(view.source());
                if (block != null
                        && block.death() == position(value)
                        && block.length() == value.count()
                        && view.source().count() == value.count()
                        && !kept.contains(view.source())
                        && position(view.source()) < position(value)
                        && readersAreDone(view.source(), value)) {
                    block.liveUntil(death);
                    return block;
                }
            }
            return arena.add(value.count(), position(value), death);
        }

        /** A step may write a state array if every other reader of its old value is done, or reads just before. */
        private void tryInPlace(String label, View assigned) {
            Value value = assigned.source();
            boolean eligible = share
                    && positions.containsKey(value)
                    && assigned.length() == value.count()
                    && !home.containsKey(value)
                    && demand.outputs().values().stream().noneMatch(view -> view.source() == value)
                    && demand.readers().keySet().stream()
                            .filter(leaf -> isState(leaf, label))
                            .allMatch(leaf -> readersAreDone(leaf, value));
            if (eligible) {
                home.put(value, label);
                inPlace.put(label, value);
            }
        }

        private boolean readersAreDone(Value old, Value writer) {
            return demand.readersOf(old).stream()
                    .allMatch(reader -> position(reader) < position(writer)
                            || (position(reader) == position(writer)
                                    && reader.id() <= writer.id()
                                    && worksElementByElement(reader, steps.get(position(writer)))
                                    && readsAligned(reader, old)));
        }

        /** The product of a chain does not: it reads all of its operands for every strip. */
        private static boolean worksElementByElement(Value reader, Step step) {
            return step.isElementwise()
                    || (step.isProductChain() && reader != step.members().getFirst());
        }

        private boolean readsAligned(Value reader, Value leaf) {
            return demand.operandsOf(reader).stream()
                    .filter(view -> view.source() == leaf)
                    .allMatch(
                            view -> view.isDense() && view.length() == leaf.count() && leaf.count() == reader.count());
        }

        /** Old values of state arrays that are outputs or that move to another array. */
        private Map<String, Arena.Block> snapshotBlocks() {
            Map<String, Arena.Block> blocks = new LinkedHashMap<>();
            demand.outputs().values().forEach(view -> addSnapshot(view, blocks));
            demand.assignments().forEach((label, view) -> {
                if (!isUnchanged(label, view)) {
                    addSnapshot(view, blocks);
                }
            });
            return blocks;
        }

        private void addSnapshot(View view, Map<String, Arena.Block> blocks) {
            if (view.source().operation() instanceof Leaf.StateValue state) {
                blocks.computeIfAbsent(
                        state.label(), label -> reals.add(view.source().count(), -1, steps.size()));
            }
        }

        private void placeLeaves() {
            Set<Value> leaves = new HashSet<>(demand.readers().keySet());
            demand.outputs().values().forEach(view -> leaves.add(view.source()));
            demand.assignments().values().forEach(view -> leaves.add(view.source()));
            leaves.stream().sorted(Comparator.comparingInt(Value::id)).forEach(value -> {
                if (value.operation() instanceof Leaf leaf) {
                    buffers.put(value, storages.leaf(leaf));
                }
            });
        }

        private int position(Value value) {
            return positions.getOrDefault(value, -1);
        }
    }

    /** Whether an assignment gives an array its own old value. */
    static boolean isUnchanged(String label, View view) {
        return isState(view.source(), label) && view.length() == view.source().count();
    }

    private static boolean isState(Value value, String label) {
        return value.operation() instanceof Leaf.StateValue state
                && state.label().equals(label);
    }
}
