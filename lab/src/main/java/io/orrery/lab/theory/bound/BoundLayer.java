package io.orrery.lab.theory.bound;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SpectralNorm;
import java.util.Arrays;

/**
 * One weight layer as bounds see it: a linear map made of one matrix, and the Lipschitz constant of what follows it.
 *
 * <p>Norms of "the map" are those of the matrix that takes the whole input to the whole output (for convolutions the Toeplitz
 * matrix). They are exact for dense layers and for windows that never leave the image; zero padding leaves out terms, so that
 * they are upper bounds there. Between two layers there may be averages over windows: they enlarge none of these norms.
 *
 * @param weight [outputs, inputs]; a convolution's kernel as [output channels, input channels * area]; local layers as
 *     [positions * output channels, input channels * area], position by position
 * @param reference a matrix of the same shape chosen without the training data: the initial weights, or zeros
 * @param area pixels of the kernel, 1 for dense layers: how many locations an output location looks at
 * @param overlaps how many windows a pixel lies in at most: ceil(kernel / stride) squared; 1 for dense layers
 * @param positions output locations; 1 for dense layers
 * @param lipschitz Lipschitz constant of the activation that follows (1 for ReLU, and after the last layer)
 */
public record BoundLayer(
        Kind kind, Matrix weight, Matrix reference, int area, int overlaps, int positions, double lipschitz) {
    /** How the matrix becomes a linear map. */
    public enum Kind {
        /** The map itself. */
        DENSE,
        /** One kernel at every position. */
        CONVOLUTION,
        /** A kernel of its own at every position. */
        LOCAL
    }

    /** Refuses a reference of another shape, and sizes below 1. */
    public BoundLayer {
        if (weight.rows() != reference.rows() || weight.columns() != reference.columns()) {
            throw new IllegalArgumentException("a reference of " + reference.rows() + " x " + reference.columns()
                    + " for weights of " + weight.rows() + " x " + weight.columns());
        }
        if (area < 1 || overlaps < 1 || positions < 1) {
            throw new IllegalArgumentException("area, overlaps and positions must be at least 1, found " + area + ", "
                    + overlaps + ", " + positions);
        }
    }

    /** A dense layer followed by ReLU (or nothing), with zeros as the reference. */
    public static BoundLayer dense(Matrix weight) {
        return new BoundLayer(Kind.DENSE, weight, Matrix.zeros(weight.rows(), weight.columns()), 1, 1, 1, 1);
    }

    /** A convolution with stride 1 followed by ReLU, with zeros as the reference. */
    public static BoundLayer convolution(Matrix kernel, int area, int positions) {
        return new BoundLayer(
                Kind.CONVOLUTION, kernel, Matrix.zeros(kernel.rows(), kernel.columns()), area, area, positions, 1);
    }

    /** The same layer with other weights. */
    public BoundLayer with(Matrix otherWeight) {
        return new BoundLayer(kind, otherWeight, reference, area, overlaps, positions, lipschitz);
    }

    /** The same layer with its weights and reference multiplied. */
    public BoundLayer scaled(double factor, double referenceFactor) {
        return new BoundLayer(
                kind,
                Products.combination(factor, weight, 0, weight),
                Products.combination(referenceFactor, reference, 0, reference),
                area,
                overlaps,
                positions,
                lipschitz);
    }

    /** How far the weights are from the reference, as a layer of its own. */
    public BoundLayer change() {
        return with(Products.combination(1, weight, -1, reference));
    }

    /** Channels of the output: outputs of a dense layer. */
    public int channels() {
        return kind == Kind.LOCAL ? weight.rows() / positions : weight.rows();
    }

    /** Numbers in the output. */
    public int outputs() {
        return channels() * positions;
    }

    /** How often each row of the matrix stands in the map. */
    private int copies() {
        return kind == Kind.CONVOLUTION ? positions : 1;
    }

    /** Frobenius norm of the map: ||K||_F sqrt(positions) for convolutions. */
    public double frobenius() {
        return Math.sqrt(copies()) * Products.norm(weight);
    }

    /** Largest Frobenius norm of the weights that one output location uses: ||K||_F for convolutions. */
    public double kernelFrobenius() {
        double largest = 0;
        for (int position = 0; position < kernels(); position++) {
            largest = Math.max(largest, Products.norm(kernel(position)));
        }
        return largest;
    }

    /**
     * Spectral norm of the map. For convolutions and local layers an upper bound: an image's windows have together at most
     * {@code overlaps} times its squared norm, so ||map|| is at most sqrt(overlaps) ||K||_2. (Power iteration on the
     * convolution itself would cost as much as dozens of forward passes and approach the norm from below.)
     */
    public double spectral() {
        double largest = 0;
        for (int position = 0; position < kernels(); position++) {
            largest = Math.max(largest, SpectralNorm.of(kernel(position)));
        }
        return Math.min(Math.sqrt(overlaps) * largest, kind == Kind.DENSE ? largest : frobenius());
    }

    /** ||A^T||_{2,1} of the map A: Euclidean norms of its rows, added up. */
    public double rowNorms() {
        return copies() * filterNorms();
    }

    /** Euclidean norms of the rows of the matrix, added up: one for each filter of a convolution. */
    public double filterNorms() {
        double sum = 0;
        for (int row = 0; row < weight.rows(); row++) {
            sum += Math.sqrt(squares(row));
        }
        return sum;
    }

    /** The largest Euclidean norm of a row. */
    public double largestFilter() {
        double largest = 0;
        for (int row = 0; row < weight.rows(); row++) {
            largest = Math.max(largest, squares(row));
        }
        return Math.sqrt(largest);
    }

    /** ||A||_{1,inf}: the largest sum of absolute values of a row. */
    public double largestRowSum() {
        double largest = 0;
        for (int row = 0; row < weight.rows(); row++) {
            double sum = 0;
            for (int column = 0; column < weight.columns(); column++) {
                sum += Math.abs(weight.at(row, column));
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /**
     * ||K||_{2,1} of a kernel (Graf et al. 2022): Euclidean norms over input channels, added up over output channels and
     * pixels of the kernel; for dense layers the sum over rows.
     */
    public double channelNorms() {
        double sum = 0;
        for (int row = 0; row < weight.rows(); row++) {
            for (int pixel = 0; pixel < area; pixel++) {
                double squares = 0;
                for (int column = pixel; column < weight.columns(); column += area) {
                    squares += weight.at(row, column) * weight.at(row, column);
                }
                sum += Math.sqrt(squares);
            }
        }
        return sum;
    }

    /** Number of weights. */
    public int parameters() {
        return weight.values().length;
    }

    private int kernels() {
        return kind == Kind.LOCAL ? positions : 1;
    }

    private Matrix kernel(int position) {
        int size = weight.values().length / kernels();
        return kernels() == 1
                ? weight
                : new Matrix(
                        channels(),
                        weight.columns(),
                        Arrays.copyOfRange(weight.values(), position * size, (position + 1) * size));
    }

    private double squares(int row) {
        int columns = weight.columns();
        return Products.dot(weight.values(), row * columns, weight.values(), row * columns, columns);
    }
}
