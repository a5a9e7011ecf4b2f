package io.orrery.lab.math;

/** A linear map that is applied rather than written down as a matrix. */
public interface LinearMap {
    /** Numbers that enter. */
    int inputs();

    /** Numbers that come out. */
    int outputs();

    /** Writes the image of {@code input} into {@code output}. */
    void apply(double[] input, double[] output);

    /** Writes the image of {@code output} under the transposed map into {@code input}. */
    void applyTransposed(double[] output, double[] input);

    /** The transposed map. */
    default LinearMap transposed() {
        LinearMap map = this;
        return new LinearMap() {
            @Override
            public int inputs() {
                return map.outputs();
            }

            @Override
            public int outputs() {
                return map.inputs();
            }

            @Override
            public void apply(double[] input, double[] output) {
                map.applyTransposed(input, output);
            }

            @Override
            public void applyTransposed(double[] output, double[] input) {
                map.apply(output, input);
            }
        };
    }
}
