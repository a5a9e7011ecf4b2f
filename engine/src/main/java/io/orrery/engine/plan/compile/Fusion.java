package io.orrery.engine.plan.compile;

import io.orrery.engine.graph.Elementwise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Third stage: groups elementwise values of equal length into steps and orders the steps.
 *
 * <p>Values are visited from the last to the first. One joins the step of a reader if no other reader leads to that
 * step: then the steps still have an order, since a path from the step to the value would have been a cycle before. A
 * value read by its own step alone lives in a register; others are stored as well.
 */
final class Fusion {
    /** Longer chains are cut: their registers would leave the cache. */
    static final int LONGEST_CHAIN = 60;

    private final Demand demand;
    private final Map<Value, Group> groups = new HashMap<>();
    private int visit;

    private static final class Group {
        final List<Value> members = new ArrayList<>();
        int lastId;
        int visited;

        void add(Value value) {
            members.add(value);
            lastId = Math.max(lastId, value.id());
        }
    }

    private Fusion(Demand demand) {
        this.demand = demand;
    }

    static List<Step> steps(Demand demand, Rewrites rewrites) {
        Fusion fusion = new Fusion(demand);
        for (Value value : demand.computed()) {
            Group group = new Group();
            group.add(value);
            fusion.groups.put(value, group);
        }
        if (rewrites.use(Rewrites.Pass.FUSION)) {
            demand.computed().reversed().forEach(fusion::join);
        }
        return fusion.order();
    }

    private void join(Value value) {
        if (!(value.operation() instanceof Elementwise)) {
            return;
        }
        List<Group> candidates = readersOf(value).stream()
                .filter(group -> group.members.size() < LONGEST_CHAIN
                        && group.members.getFirst().operation() instanceof Elementwise
                        && group.members.getFirst().count() == value.count()
                        && readsElementByElement(group, value))
                .sorted(Comparator.comparingInt(group -> group.lastId))
                .toList();
        for (Group candidate : candidates) {
            if (readersOf(value).stream().noneMatch(other -> other != candidate && reaches(other, candidate))) {
                candidate.add(value);
                groups.put(value, candidate);
                return;
            }
        }
    }

    /** Not so where a slice of the value is broadcast back to its size. */
    private boolean readsElementByElement(Group group, Value value) {
        return group.members.stream()
                .flatMap(member -> demand.operandsOf(member).stream())
                .allMatch(view -> view.source() != value || view.isWhole());
    }

    private List<Group> readersOf(Value value) {
        return demand.readersOf(value).stream()
                .map(reader -> groups.getOrDefault(reader, new Group()))
                .distinct()
                .toList();
    }

    private boolean reaches(Group from, Group target) {
        visit++;
        List<Group> pending = new ArrayList<>(List.of(from));
        while (!pending.isEmpty()) {
            Group group = pending.removeLast();
            if (group == target) {
                return true;
            }
            if (group.visited != visit) {
                group.visited = visit;
                for (Value member : group.members) {
                    for (Value reader : demand.readersOf(member)) {
                        Group next = groups.get(reader);
                        if (next != null && next.visited != visit) {
                            pending.add(next);
                        }
                    }
                }
            }
        }
        return false;
    }

    /** Topological, and otherwise as in the graph: a step comes when its last member would. */
    private List<Step> order() {
        Map<Group, Set<Group>> followers = new HashMap<>();
        Map<Group, Integer> missing = new HashMap<>();
        Set<Group> all = new HashSet<>(groups.values());
        for (Group group : all) {
            Set<Group> next = new HashSet<>();
            group.members.forEach(member -> next.addAll(readersOf(member)));
            next.remove(group);
            followers.put(group, next);
            next.forEach(follower -> missing.merge(follower, 1, Integer::sum));
        }
        PriorityQueue<Group> ready = new PriorityQueue<>(Comparator.comparingInt(group -> group.lastId));
        all.stream().filter(group -> !missing.containsKey(group)).forEach(ready::add);
        List<Step> steps = new ArrayList<>();
        while (!ready.isEmpty()) {
            Group group = ready.remove();
            Value[] members = group.members.toArray(Value[]::new);
            Arrays.sort(members, Comparator.comparingInt(Value::id));
            steps.add(Step.of(List.of(members)));
            for (Group follower : followers.getOrDefault(group, Set.of())) {
                if (missing.merge(follower, -1, Integer::sum) == 0) {
                    ready.add(follower);
                }
            }
        }
        if (steps.size() != all.size()) {
            throw new IllegalStateException("fusion made a cycle among " + all.size() + " steps");
        }
        return steps;
    }
}
