package io.orrery.lab.claim.grokking;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Results;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.math.Matrix;
import io.orrery.lab.math.Products;
import io.orrery.lab.math.SymmetricEigen;
import io.orrery.lab.theory.LinearTeacherStudent;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Gradient descent of a linear student on the squared error against a linear teacher, one output, without decay: exact at every
 * step, since along an eigenvector of the examples' covariance with eigenvalue nu the error shrinks by 1 - 2 eta nu.
 */
final class LinearDescent implements Computation {
    static final String NAME = "linear-descent";
    /** The step at which early losses are read. */
    static final long EARLY = 200;

    private static final long LAST = 100_000_000;
    private static final int PER_DECADE = 8;
    private static final int DECADES = 5;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public String about() {
        return "gradient descent of a linear student of a linear teacher on normal inputs, in the eigenbasis of their covariance:"
                + " losses, accuracies, and the steps to 95% accuracy on the examples and on all inputs,"
                + " means over several teachers and students of the same examples";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                Parameter.real("lambda", "the number of inputs per example", 0.01, 10),
                Parameter.whole("inputs", "the number of inputs", 20, 2000),
                Parameter.whole("draws", "the number of teachers and students that are averaged", 1, 1000),
                Parameter.real("rate", "the learning rate", 1e-6, 0.04),
                Parameter.real("tolerance", "the squared error that counts as right", 1e-12, 1));
    }

    /** How many examples make so many inputs per example. */
    static int examples(int inputs, double lambda) {
        return Math.toIntExact(Math.max(1, Math.round(inputs / lambda)));
    }

    /** The steps of all curves: 1 to 100000, eight a decade. */
    static double[] times() {
        return IntStream.rangeClosed(0, PER_DECADE * DECADES)
                .mapToDouble(i -> Math.rint(StrictMath.pow(10, i / (double) PER_DECADE)))
                .distinct()
                .toArray();
    }

    @Override
    public Results compute(long seed, Setting setting) {
        int inputs = setting.whole("inputs");
        List<Course> courses = Course.of(
                seed, setting.whole("draws"), inputs, examples(inputs, setting.get("lambda")), setting.get("rate"));
        double tolerance = setting.get("tolerance");
        double fitted = LinearTeacherStudent.fitted();
        return Results.none()
                .with("start", mean(courses, course -> course.testLoss(0)))
                .with("early-training-loss", mean(courses, course -> course.trainingLoss(EARLY)))
                .with("early-test-loss", mean(courses, course -> course.testLoss(EARLY)))
                .with("end-test-loss", mean(courses, course -> course.testLoss(LAST)))
                .with(
                        "training-time",
                        mean(courses, course -> first(step -> course.trainingAccuracy(step, tolerance), fitted)))
                .with("test-time", mean(courses, course -> first(step -> -course.testLoss(step), -tolerance / 4)))
                .with("training-loss", means(courses, Course::trainingLoss))
                .with("test-loss", means(courses, Course::testLoss))
                .with("training-accuracy", means(courses, (course, step) -> course.trainingAccuracy(step, tolerance)))
                .with(
                        "test-accuracy",
                        means(
                                courses,
                                (course, step) -> LinearTeacherStudent.accuracy(course.testLoss(step), tolerance)));
    }

    /** Something of a descent at a step. */
    private interface Reading {
        double of(Course course, long step);
    }

    private static double mean(List<Course> courses, ToDoubleFunction<Course> number) {
        double sum = 0;
        for (Course course : courses) {
            sum += number.applyAsDouble(course);
        }
        return sum / courses.size();
    }

    /** The mean over draws at every step of the curves. */
    private static double[] means(List<Course> courses, Reading reading) {
        return Arrays.stream(times())
                .map(time -> mean(courses, course -> reading.of(course, Math.round(time))))
                .toArray();
    }

    /** The step at which a value that rises reaches a level, by bisection; NaN if it does not by the last. */
    private static double first(LongToDoubleFunction value, double level) {
        long high = 1;
        while (value.applyAsDouble(high) < level) {
            high *= 2;
            if (high > LAST) {
                return Double.NaN;
            }
        }
        long low = high / 2;
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (value.applyAsDouble(middle) < level) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * All of one descent.
     *
     * @param rate the learning rate
     * @param eigenvalues of the covariance X^T X / N
     * @param start the coordinates of student less teacher along the eigenvectors, before any step
     * @param examples X times the eigenvectors, [examples, inputs]
     */
    record Course(double rate, double[] eigenvalues, double[] start, Matrix examples) {
        /** Several teachers and students, with variance 1/2 over the number of inputs, on the same examples. */
        static List<Course> of(long seed, int draws, int inputs, int examples, double rate) {
            Matrix drawn = inputs(seed, inputs, examples);
            double[] covariance = Products.gram(drawn).values().clone();
            for (int i = 0; i < covariance.length; i++) {
                covariance[i] /= examples;
            }
            SymmetricEigen eigen = SymmetricEigen.of(new Matrix(inputs, inputs, covariance));
            Matrix turned = Products.timesTransposed(drawn, eigen.vectors());
            return IntStream.range(0, draws)
                    .mapToObj(draw -> {
                        Matrix difference = new Matrix(1, inputs, difference(seed, draw, inputs));
                        double[] start = Products.timesTransposed(difference, eigen.vectors())
                                .values();
                        return new Course(rate, eigen.values(), start, turned);
                    })
                    .toList();
        }

        static Matrix inputs(long seed, int inputs, int examples) {
            return new Matrix(
                    examples,
                    inputs,
                    RandomStream.of(seed, "examples").normals(0, Math.multiplyExact(examples, inputs)));
        }

        static double[] difference(long seed, int draw, int inputs) {
            double[] student = RandomStream.of(seed, "student").normals(draw, inputs);
            double[] teacher = RandomStream.of(seed, "teacher").normals(draw, inputs);
            double deviation = Math.sqrt(0.5 / inputs);
            return IntStream.range(0, inputs)
                    .mapToDouble(i -> deviation * (student[i] - teacher[i]))
                    .toArray();
        }

        double trainingLoss(long step) {
            double[] now = at(step);
            double sum = 0;
            for (int i = 0; i < now.length; i++) {
                sum += eigenvalues[i] * now[i] * now[i];
            }
            return sum;
        }

        double testLoss(long step) {
            double[] now = at(step);
            return Products.dot(now, 0, now, 0, now.length);
        }

        /** The share of the examples whose squared error is below the tolerance. */
        double trainingAccuracy(long step, double tolerance) {
            double[] now = at(step);
            int right = 0;
            for (int row = 0; row < examples.rows(); row++) {
                double error = Products.dot(examples.values(), row * now.length, now, 0, now.length);
                right += error * error < tolerance ? 1 : 0;
            }
            return right / (double) examples.rows();
        }

        private double[] at(long step) {
            double[] now = new double[start.length];
            for (int i = 0; i < now.length; i++) {
                now[i] = start[i] * StrictMath.pow(1 - 2 * rate * eigenvalues[i], step);
            }
            return now;
        }
    }
}
