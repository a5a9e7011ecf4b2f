package io.orrery.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.engine.graph.Graph;
import io.orrery.engine.graph.Node;
import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.plan.compile.Compiler;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final int FLOAT = 4;

    @Test
    void aProductReadsItsFactorsAndWritesItsResult() {
        Graph graph = new Graph(Precision.SINGLE);
        Node x = graph.input("x", Shape.of(2, 3));
        Node weight = graph.state("weight", Shape.of(4, 3));
        graph.output("y", x.matmul(weight, false, true));
        Traffic traffic = Compiler.compile(graph).traffic();
        // 6 + 12 read, 8 written; the minimum lets the result be read as well.
        assertThat(traffic.moved()).isEqualTo(FLOAT * (6 + 12 + 8));
        assertThat(traffic.minimum()).isEqualTo(FLOAT * (6 + 12 + 2 * 8));
    }

    @Test
    void anUpdateReadsAndWritesEachArrayOfTheStateOnce() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node gradient = graph.input("gradient", Shape.of(100));
        Node velocity = graph.state("velocity", Shape.of(100)).multiply(0.9).add(gradient);
        velocity.assignTo("velocity");
        graph.state("weight", Shape.of(100)).subtract(velocity.multiply(0.5)).assignTo("weight");
        Traffic traffic = Compiler.compile(graph).traffic();
        // Gradient, velocity and weight are read, the latter two written; constants are a few numbers more.
        assertThat(traffic.moved()).isBetween(8L * 500, 8L * 510);
        assertThat(traffic.ratio()).isEqualTo(1);
    }

    @Test
    void whatIsReadByTwoCallsIsReadTwiceButOnceInTheMinimum() {
        Graph graph = new Graph(Precision.SINGLE);
        Node x = graph.input("x", Shape.of(10, 10));
        Node weight = graph.state("weight", Shape.of(10, 10));
        graph.output("forward", x.matmul(weight, false, true));
        graph.output("backward", x.matmul(weight, false, false));
        Traffic traffic = Compiler.compile(graph).traffic();
        assertThat(traffic.moved()).isEqualTo(FLOAT * 600);
        assertThat(traffic.minimum()).isEqualTo(FLOAT * (200 + 400));
    }
}
