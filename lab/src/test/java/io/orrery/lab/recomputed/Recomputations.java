package io.orrery.lab.recomputed;

import java.util.List;

/** The registry: every instrument has its recomputation here. */
final class Recomputations {
    private Recomputations() {}

    static List<Recomputation> all() {
        return List.of(
                new LossRecomputed(),
                new TasksRecomputed(),
                new NetworksRecomputed(),
                new NeuralCollapseRecomputed(),
                new MarginsRecomputed(),
                new NormsRecomputed(),
                new RankRecomputed(),
                new GradientRecomputed(),
                new DistanceRecomputed(),
                new FluctuationRecomputed(),
                new DualityRecomputed(),
                new BoundsRecomputed(),
                new UpdateRecomputed(),
                new UnitsRecomputed(),
                new BalanceRecomputed(),
                new CentralPathRecomputed(),
                new ClassesRecomputed(),
                new CoherenceRecomputed(),
                new RuleDirectionRecomputed(),
                new SparsityRecomputed(),
                new NeuralPersistenceRecomputed());
    }
}
