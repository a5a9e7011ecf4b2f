package io.orrery.engine.kernel;

/** Lengths that catch wrong tails: every one to 70, powers of two and their neighbours, primes. */
final class Lengths {
    static final int[] AWKWARD = java.util.stream.IntStream.concat(
                    java.util.stream.IntStream.rangeClosed(1, 70),
                    java.util.stream.IntStream.of(127, 128, 129, 255, 256, 1021, 1024, 1025))
            .toArray();

    private Lengths() {}
}
