package io.orrery.bench;

import io.orrery.lab.text.Json;

/**
 * What suites share: the limits of the machine, measured at the start, and where lines go.
 *
 * @param peak GFLOP/s of one core's multiply-add units, single precision
 * @param bandwidth GB/s of one core's memory, reading and writing counted
 * @param json whether standard output holds JSON alone
 * @param plans whether the engine's plans are printed
 */
record Bench(double peak, double bandwidth, boolean json, boolean plans) {
    /** A line for people. */
    void say(String text) {
        (json ? System.err : System.out).println(text);
    }

    /** A line for people or for programs. */
    void line(Json.Fields event, String text) {
        System.out.println(json ? event.write() : text);
    }
}
