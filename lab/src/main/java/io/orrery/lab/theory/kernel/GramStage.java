package io.orrery.lab.theory.kernel;

import io.orrery.lab.math.Matrix;

/** What turns the features of one layer into the covariance of the next. */
public interface GramStage {
    /** The covariance of the next layer. */
    InducedGram of(InducedGram layer);

    /** The derivative by the layer of a number whose derivative by {@link #of} it is known. */
    InducedGram back(InducedGram layer, InducedGram derivative);

    /** This stage, and another after it. */
    default GramStage then(GramStage next) {
        GramStage first = this;
        return new GramStage() {
            @Override
            public InducedGram of(InducedGram layer) {
                return next.of(first.of(layer));
            }

            @Override
            public InducedGram back(InducedGram layer, InducedGram derivative) {
                return first.back(layer, next.back(first.of(layer), derivative));
            }
        };
    }

    /** A kernel of each pair by itself. */
    record Pointwise(GramKernel kernel) implements GramStage {
        @Override
        public InducedGram of(InducedGram layer) {
            return new InducedGram(
                    kernel.of(layer.inducing()),
                    kernel.between(layer.cross(), layer.lengths(), GramKernel.diagonal(layer.inducing())),
                    kernel.lengths(layer.lengths()));
        }

        @Override
        public InducedGram back(InducedGram layer, InducedGram derivative) {
            if (kernel == GramKernel.LINEAR) {
                return derivative;
            }
            InducedGram made = of(layer);
            double[] inducing =
                    kernel.back(made.inducing(), derivative.inducing()).values().clone();
            int width = made.cross().columns();
            double[] cross = new double[made.cross().values().length];
            double[] lengths = new double[layer.lengths().length];
            for (int row = 0; row < lengths.length; row++) {
                for (int column = 0; column < width; column++) {
                    int at = row * width + column;
                    cross[at] = derivative.cross().values()[at] * made.cross().values()[at];
                    lengths[row] -= cross[at] / 2;
                    inducing[column * width + column] -= cross[at] / 2;
                }
            }
            return new InducedGram(
                    new Matrix(width, width, inducing), new Matrix(lengths.length, width, cross), lengths);
        }
    }
}
