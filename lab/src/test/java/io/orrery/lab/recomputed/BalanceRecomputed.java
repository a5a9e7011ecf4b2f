package io.orrery.lab.recomputed;

import io.orrery.lab.model.layer.Residual;

/** Differences of squared norms of neighbours (core theory, 2.13, 2.14, P12b). */
final class BalanceRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "balance";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        boolean residual = moment.spec.model().architecture().layers(moment.data.exampleShape(), 2).stream()
                .anyMatch(Residual.class::isInstance);
        if (residual || moment.frobenius()) {
            return;
        }
        for (int k = 0; k + 1 < moment.layers.size(); k++) {
            PlainNetwork.Weighted below = moment.layers.get(k);
            double[][] lower = below.rows();
            double[][] upper = moment.layers.get(k + 1).rows();
            double low = Plain.inner(lower, lower);
            double up = Plain.inner(upper, upper);
            expected.leftover("difference", below.name(), "", low, low - up);
            if (!below.dense() || !moment.layers.get(k + 1).dense()) {
                continue;
            }
            double[][] columns = Plain.transposed(upper);
            double[] units = new double[lower.length];
            for (int i = 0; i < units.length; i++) {
                units[i] = Plain.dot(lower[i], lower[i]) - Plain.dot(columns[i], columns[i]);
            }
            expected.leftover("units", below.name(), "", low, units);
            double[][] ofUpper = Plain.product(columns, upper);
            double[][] ofLower = Plain.product(lower, Plain.transposed(lower));
            expected.number(
                    "matrices", below.name(), "", Plain.norm(Plain.sum(ofUpper, -1, ofLower)) / Plain.norm(ofLower));
        }
    }
}
