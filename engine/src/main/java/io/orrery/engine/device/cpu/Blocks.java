package io.orrery.engine.device.cpu;

import io.orrery.engine.state.SharedArray;
import io.orrery.engine.state.State;

/** Memory by element type, named so that the double twins of float classes find theirs. */
final class Blocks {
    private Blocks() {}

    static float[] floats(State state) {
        return state.singles();
    }

    static double[] doubles(State state) {
        return state.doubles();
    }

    static float[] floats(SharedArray array) {
        return array.singles();
    }

    static double[] doubles(SharedArray array) {
        return array.doubles();
    }
}
