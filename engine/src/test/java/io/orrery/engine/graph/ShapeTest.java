package io.orrery.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ShapeTest {
    @Test
    void countsElementsAndNeighbours() {
        Shape shape = Shape.of(2, 3, 5);
        assertThat(shape.count()).isEqualTo(30);
        assertThat(shape.outer(1)).isEqualTo(2);
        assertThat(shape.inner(1)).isEqualTo(5);
        assertThat(shape.size(-1)).isEqualTo(5);
        assertThat(shape.without(0, 2)).isEqualTo(Shape.of(3));
        assertThat(Shape.SCALAR.count()).isEqualTo(1);
    }

    @Test
    void refusesEmptyAxesAndTooManyElements() {
        assertThatThrownBy(() -> Shape.of(3, 0))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[3, 0]");
        assertThatThrownBy(() -> Shape.of(1 << 16, 1 << 16))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("4294967296");
    }

    @Test
    void productsThatDoNotFitNameTheOperationAndBothShapes() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node left = graph.input("x", Shape.of(4, 3));
        Node right = graph.input("w", Shape.of(5, 7));
        assertThatThrownBy(() -> left.matmul(right))
                .hasMessageContaining("matmul-nn")
                .hasMessageContaining("[4, 3]")
                .hasMessageContaining("[5, 7]");
    }

    @Test
    void broadcastingFollowsNumPy() {
        Graph graph = new Graph(Precision.DOUBLE);
        Node rows = graph.input("x", Shape.of(4, 3));
        Node bias = graph.input("b", Shape.of(3));
        assertThat(rows.add(bias).shape()).isEqualTo(Shape.of(4, 3));
        assertThat(rows.add(graph.input("c", Shape.of(4, 1))).shape()).isEqualTo(Shape.of(4, 3));
        assertThatThrownBy(() -> rows.add(graph.input("d", Shape.of(4)))).hasMessageContaining("add");
    }
}
