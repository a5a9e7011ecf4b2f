package io.orrery.lab.data.source;

import io.orrery.engine.graph.Shape;
import io.orrery.engine.random.RandomStream;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.set.Generated;
import io.orrery.lab.data.set.TargetKind;
import io.orrery.lab.spec.About;
import io.orrery.lab.spec.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A function of one number on [-1, 1], seen at few points: y = f(x) + noise. Test targets are without noise, so that the loss
 * there is the squared distance from the function.
 */
@Kind("function")
@About("y = f(x) + noise at points of [-1, 1]; the target is a real number")
public record Function(
        @About("training points") int train,

        @About("test points, uniform on [-1, 1], without noise")
        int test,

        @About(
                "f: sine (sin(frequency x)), triangle (the same with straight sides) or step (its sign, 0 counted as +1)")
        Curve curve,

        @About("radians per unit of x") double frequency,

        @About("standard deviation of the normal noise on training targets")
        double noise,

        @About("training points: even (from -1 to 1, both ends among them) or random (uniform)")
        Spacing spacing)
        implements DataSource {
    private static final long X = 0;
    private static final long NOISE = 1;

    /** Which function. */
    public enum Curve {
        SINE {
            @Override
            double at(double angle) {
                return StrictMath.sin(angle);
            }
        },
        TRIANGLE {
            @Override
            double at(double angle) {
                return 2 / Math.PI * StrictMath.asin(StrictMath.sin(angle));
            }
        },
        STEP {
            @Override
            double at(double angle) {
                return StrictMath.sin(angle) >= 0 ? 1 : -1;
            }
        };

        /** Its value at an angle in radians. */
        abstract double at(double angle);
    }

    /** Where training points lie. */
    public enum Spacing {
        EVEN,
        RANDOM
    }

    /** 10 evenly spaced points of sin(4 x) with noise 0.1, 200 test points. */
    public static Function defaults() {
        return new Function(10, 200, Curve.SINE, 4, 0.1, Spacing.EVEN);
    }

    @Override
    public Dataset load(long seed, FilesRead files) {
        Generated.checkCounts("function", train, test);
        Generated.notNegative("function", "noise", noise);
        if (!Double.isFinite(frequency)) {
            throw new UserError("data.frequency of source function must be a finite number, found " + frequency);
        }
        RandomStream random = RandomStream.of(seed, "data");
        return new Dataset(
                "function: " + train + " points of a " + curve.name().toLowerCase(Locale.ROOT),
                Shape.of(1),
                new TargetKind.Reals(List.of("y")),
                Generated.reals(train, 1, 1, 0, (number, step, x, y) -> {
                    x[0] = spacing == Spacing.RANDOM
                            ? 2 * random.uniform(step, X) - 1
                            : train == 1 ? 0 : 2.0 * number / (train - 1) - 1;
                    y[0] = curve.at(frequency * x[0]) + noise * random.normal(step, NOISE);
                }),
                Optional.empty(),
                Generated.test(
                        test,
                        () -> Generated.reals(test, 1, 1, Generated.TEST_STEPS, (_, step, x, y) -> {
                            x[0] = 2 * random.uniform(step, X) - 1;
                            y[0] = curve.at(frequency * x[0]);
                        })));
    }

    @Override
    public boolean generated() {
        return true;
    }
}
