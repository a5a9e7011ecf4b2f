package io.orrery.lab.theory.kernel;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.spec.Serves;
import java.util.List;

/**
 * The covariance of a convolution's outputs with independent normal weights: gain times the mean over a window of the covariances
 * of its inputs. Inducing points of the next layer are windows whose inputs are mixtures of this layer's inducing points, one mixing
 * matrix for each place of the window (Milsom, Anson and Aitchison 2023, arXiv 2309.09814, whose abstract was read: "inter-domain
 * inducing point approximation"; derived here as the covariance of such mixtures).
 *
 * @param windows where examples are looked at
 * @param mixing for each place of the window [inducing points of this layer, of the next]
 * @param gain the variance of weights times the places of a window
 */
@Serves("002-048")
public record ConvolutionStage(Windows windows, List<Matrix> mixing, double gain) implements GramStage {
    /** Copies the list. */
    public ConvolutionStage {
        mixing = List.copyOf(mixing);
    }

    @Override
    public InducedGram of(InducedGram layer) {
        int count = windows.count(layer.lengths().length);
        double share = gain / windows.offsets();
        int width = mixing.getFirst().columns();
        Matrix inducing = Matrix.zeros(width, width);
        Matrix cross = Matrix.zeros(count, width);
        double[] lengths = new double[count];
        for (int offset = 0; offset < windows.offsets(); offset++) {
            Matrix mixed = mixing.get(offset);
            Matrix own = Products.transposedTimes(mixed, Products.times(layer.inducing(), mixed));
            inducing = Products.combination(1, inducing, share, own);
            cross = Products.combination(1, cross, share, Products.times(rows(layer.cross(), offset, count), mixed));
            for (int window = 0; window < count; window++) {
                lengths[window] += share * layer.lengths()[windows.row(window, offset)];
            }
        }
        return new InducedGram(inducing, cross, lengths);
    }

    @Override
    public InducedGram back(InducedGram layer, InducedGram derivative) {
        int count = derivative.lengths().length;
        double share = gain / windows.offsets();
        int width = layer.cross().columns();
        Matrix inducing = Matrix.zeros(width, width);
        double[] cross = new double[layer.cross().values().length];
        double[] lengths = new double[layer.lengths().length];
        for (int offset = 0; offset < windows.offsets(); offset++) {
            Matrix mixed = mixing.get(offset);
            Matrix own = Products.timesTransposed(Products.times(mixed, derivative.inducing()), mixed);
            inducing = Products.combination(1, inducing, share, own);
            Matrix pulled = Products.timesTransposed(derivative.cross(), mixed);
            for (int window = 0; window < count; window++) {
                int row = windows.row(window, offset);
                for (int i = 0; i < width; i++) {
                    cross[row * width + i] += share * pulled.at(window, i);
                }
                lengths[row] += share * derivative.lengths()[window];
            }
        }
        return new InducedGram(inducing, new Matrix(lengths.length, width, cross), lengths);
    }

    private Matrix rows(Matrix cross, int offset, int count) {
        int width = cross.columns();
        double[] values = new double[count * width];
        for (int window = 0; window < count; window++) {
            System.arraycopy(cross.values(), windows.row(window, offset) * width, values, window * width, width);
        }
        return new Matrix(count, width, values);
    }
}
