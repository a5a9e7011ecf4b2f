package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.SplitName;

/** Units that are 0, or small beside the others of their layer, on the training probe. */
final class UnitsRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "units";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        moment.probe(SplitName.TRAIN)
                .ifPresent(probe -> probe.features().forEach((name, features) -> {
                    int units = features[0].length;
                    double[] size = new double[units];
                    double total = 0;
                    for (int unit = 0; unit < units; unit++) {
                        for (double[] example : features) {
                            size[unit] += Math.abs(example[unit]);
                        }
                        total += size[unit];
                    }
                    double dead = 0;
                    double dormant = 0;
                    for (double one : size) {
                        dead += one == 0 ? 1 : 0;
                        dormant += one * units <= 0.025 * total ? 1 : 0;
                    }
                    expected.number("dead", name, "", dead / units);
                    expected.number("dormant", name, "", total == 0 ? Double.NaN : dormant / units);
                    expected.number("activation", name, "", total / units / features.length);
                }));
    }
}
