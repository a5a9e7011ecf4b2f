package io.orrery.engine.kernel;

/** The transcendental functions in single precision. */
final class FloatFunctions {
    private FloatFunctions() {}

    static float exponential(float x) {
        return (float) DoubleFunctions.exponential(x);
    }

    static float logarithm(float x) {
        return (float) DoubleFunctions.logarithm(x);
    }

    static float tanh(float x) {
        return (float) DoubleFunctions.tanh(x);
    }

    static float sigmoid(float x) {
        return (float) DoubleFunctions.sigmoid(x);
    }

    static float errorFunction(float x) {
        return (float) DoubleFunctions.errorFunction(x);
    }
}
