package io.orrery.bench;

import io.orrery.lab.text.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * What suites share: the limits of the machine, measured at the start, and where lines go.
 *
 * @param peak GFLOP/s of one core's multiply-add units, single precision
 * @param bandwidth GB/s of one core's memory, reading and writing counted
 * @param json whether standard output holds JSON alone
 * @param plans whether the engine's plans are printed
 * @param events what the page is made from
 */
record Bench(double peak, double bandwidth, boolean json, boolean plans, List<Json.Fields> events) {
    /** Without events so far. */
    Bench(double peak, double bandwidth, boolean json, boolean plans) {
        this(peak, bandwidth, json, plans, new ArrayList<>());
    }

    /** A line for people. */
    void say(String text) {
        (json ? System.err : System.out).println(text);
    }

    /** For the page alone. */
    void note(Json.Fields event) {
        events.add(event);
    }

    /** A line for people or for programs, kept for the page. */
    void line(Json.Fields event, String text) {
        events.add(event);
        System.out.println(json ? event.write() : text);
    }
}
