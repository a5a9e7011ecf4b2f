package io.orrery.lab.theory.collapse;

import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;

/**
 * The motion of a normalized layer V = W / ||W|| on the unit sphere under square loss (Poggio and Liao 2021; Xu, Rangamani,
 * Banburski, Liao, Galanti and Poggio 2023; equations 2.4 to 2.6, 2.11 and section 2.5 of the core theory).
 *
 * <p>G is minus the gradient of the data loss with respect to V at fixed rho: (2 rho / N) sum of (1 - rho m_n) dm_n/dV over
 * normalized margins m_n, or the same with r_n^T f_n for K outputs.
 */
public final class DirectionFlow {
    private DirectionFlow() {}

    /**
     * c = 2 (rho mu - rho^2 M), the inner product of V with G: by homogeneity V . dm/dV = m, so that c is the same for every
     * layer (2.5). Twice the Lagrange multiplier.
     */
    public static double pull(double rho, MarginMoments moments) {
        return 2 * RhoDynamics.multiplier(rho, moments.mean(), moments.secondMoment());
    }

    /** dV/dt = G - c V (2.4); tangent to the sphere where ||V|| = 1. */
    public static Matrix velocity(Matrix direction, Matrix force, double pull) {
        return Products.combination(1, force, -pull, direction);
    }

    /** V + eta (G - c V), then divided by its norm (2.5). */
    public static Matrix step(Matrix direction, Matrix force, double pull, double stepSize) {
        Matrix moved = Products.combination(1, direction, stepSize, velocity(direction, force, pull));
        return Products.combination(1 / Products.norm(moved), moved, 0, moved);
    }

    /**
     * ||V||^2 after a step that is not divided by its norm: 1 + eta^2 ||G - c V||^2 for a V on the sphere, exactly (derived:
     * the velocity is orthogonal to V).
     */
    public static double squaredNormAfterBareStep(Matrix velocity, double stepSize) {
        return 1 + stepSize * stepSize * Products.squaredNorm(velocity);
    }

    /** d ||V||^2 / dt = 2 c (1 - ||V||^2): the unit sphere stays, and attracts while c > 0 (2.6). */
    public static double squaredNormRate(double pull, double squaredNorm) {
        return 2 * pull * (1 - squaredNorm);
    }
}
