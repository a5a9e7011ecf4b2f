package io.orrery.lab.recomputed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Neural persistence by Kruskal's algorithm: edges from the largest down, each that joins two parts ends one of them. */
final class NeuralPersistenceRecomputed implements Recomputation {
    private record Edge(int output, int input, double size) {}

    @Override
    public String instrument() {
        return "neural-persistence";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        double largest = 0;
        for (PlainNetwork.Weighted layer : moment.layers) {
            for (double[] row : layer.rows()) {
                for (double weight : row) {
                    largest = Math.max(largest, Math.abs(weight));
                }
            }
        }
        double[] means = new double[3];
        for (PlainNetwork.Weighted layer : moment.layers) {
            double[] found = of(layer.rows(), largest);
            put(expected, layer.name(), found);
            for (int i = 0; i < 3; i++) {
                means[i] += found[i] / moment.layers.size();
            }
        }
        put(expected, "", means);
    }

    private static void put(Expected expected, String layer, double[] found) {
        expected.leftover("normalized", layer, "", 1, found[0]);
        expected.leftover("with-unpaired", layer, "", 1, found[1]);
        expected.leftover("weight-variance", layer, "", 1, found[2]);
    }

    private static double[] of(double[][] rows, double largest) {
        List<Edge> edges = new ArrayList<>();
        for (int output = 0; output < rows.length; output++) {
            for (int input = 0; input < rows[output].length; input++) {
                edges.add(new Edge(output, input, Math.abs(rows[output][input]) / largest));
            }
        }
        edges.sort(Comparator.comparingDouble(Edge::size).reversed());
        int vertices = rows.length + rows[0].length;
        int[] above = new int[vertices];
        for (int vertex = 0; vertex < vertices; vertex++) {
            above[vertex] = vertex;
        }
        double squares = 0;
        double mean = 0;
        for (Edge edge : edges) {
            mean += edge.size() / edges.size();
            int one = top(above, edge.output());
            int other = top(above, rows.length + edge.input());
            if (one != other) {
                above[one] = other;
                squares += (1 - edge.size()) * (1 - edge.size());
            }
        }
        double variance = 0;
        for (Edge edge : edges) {
            variance += (edge.size() - mean) * (edge.size() - mean) / edges.size();
        }
        return new double[] {Math.sqrt(squares / (vertices - 1)), Math.sqrt((squares + 1) / (vertices - 1)), variance};
    }

    private static int top(int[] above, int vertex) {
        int top = vertex;
        while (above[top] != top) {
            top = above[top];
        }
        return top;
    }
}
