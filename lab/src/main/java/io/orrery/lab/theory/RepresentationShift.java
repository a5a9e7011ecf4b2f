package io.orrery.lab.theory;

/**
 * How far a training example's representation lies from a test example's, once the mean of the training set is known. Two Gaussian classes,
 * X = Y (mu + s Z), n examples, their mean M = sum of Y_i X_i / n, and a fixed linear map A of the inputs. Given M, a training example times its
 * label is normal with mean M and covariance s^2 (1 - 1/n) I, a test example has mean mu and covariance s^2 I (setting of He and
 * Goldfeld 2024, arXiv 2404.03176; derived). So after A, of rank r, the mean over training sets of the Kullback-Leibler divergence is
 * -(r/2) ln(1 - 1/n), and that of the squared 2-Wasserstein distance s^2 |A|_F^2 (1/n + (1 - sqrt(1 - 1/n))^2).
 *
 * @param examples n, at least 2
 * @param deviation s of each input within a class
 */
public record RepresentationShift(int examples, double deviation) {
    /** The mean divergence KL(training, test) after a map of a rank, in nats. */
    public double divergence(int rank) {
        return -rank / 2.0 * StrictMath.log1p(-1.0 / examples);
    }

    /** What of the divergence the smaller covariance alone makes, as if the mean were that of the class. */
    public double divergenceOfSpread(int rank) {
        return divergence(rank) - rank / (2.0 * examples);
    }

    /** The mean squared 2-Wasserstein distance after a map of a Frobenius norm. */
    public double squaredWasserstein(double frobenius) {
        return deviation * deviation * frobenius * frobenius / examples + squaredWassersteinOfSpread(frobenius);
    }

    /** What of it the smaller covariance alone makes. */
    public double squaredWassersteinOfSpread(double frobenius) {
        double contraction = 1 - Math.sqrt(1 - 1.0 / examples);
        return deviation * deviation * frobenius * frobenius * contraction * contraction;
    }

    /** How much larger the mean error of a loss between 0 and 1 may be in test than in training: sqrt(KL / 2) (Xu and Raginsky 2017). */
    public static double gap(double divergence) {
        return Math.sqrt(divergence / 2);
    }
}
