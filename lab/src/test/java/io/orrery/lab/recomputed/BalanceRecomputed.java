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
            double low = PlainAlgebra.inner(lower, lower);
            double up = PlainAlgebra.inner(upper, upper);
            expected.leftover("difference", below.name(), "", low, low - up);
            if (!below.dense() || !moment.layers.get(k + 1).dense()) {
                continue;
            }
            double[][] columns = PlainAlgebra.transposed(upper);
            double[] units = new double[lower.length];
            for (int i = 0; i < units.length; i++) {
                units[i] = PlainAlgebra.dot(lower[i], lower[i]) - PlainAlgebra.dot(columns[i], columns[i]);
            }
            expected.leftover("units", below.name(), "", low, units);
            double[][] ofUpper = PlainAlgebra.product(columns, upper);
            double[][] ofLower = PlainAlgebra.product(lower, PlainAlgebra.transposed(lower));
            expected.number(
                    "matrices",
                    below.name(),
                    "",
                    PlainAlgebra.norm(PlainAlgebra.sum(ofUpper, -1, ofLower)) / PlainAlgebra.norm(ofLower));
        }
    }
}
