package io.orrery.lab.observe;

/**
 * Loss and decision of single examples of a split, filled in by whoever runs the network on them.
 *
 * @param rows positions of the examples in the split, ascending
 * @param losses of each
 * @param correct whether each is decided as its label says
 */
record Scores(int[] rows, double[] losses, boolean[] correct) {
    /** Scores of examples that are not known yet. */
    static Scores of(int[] rows) {
        return new Scores(rows, new double[rows.length], new boolean[rows.length]);
    }

    /** Takes over what is known of the same examples; gives the places of those that are left. */
    int[] take(Scores known) {
        int[] left = new int[rows.length];
        int count = 0;
        int next = 0;
        for (int place = 0; place < rows.length; place++) {
            while (next < known.rows.length && known.rows[next] < rows[place]) {
                next++;
            }
            if (next < known.rows.length && known.rows[next] == rows[place]) {
                losses[place] = known.losses[next];
                correct[place] = known.correct[next];
            } else {
                left[count++] = place;
            }
        }
        return java.util.Arrays.copyOf(left, count);
    }

    /** Mean loss, added in the order of examples. */
    double loss() {
        double sum = 0;
        for (double loss : losses) {
            sum += loss;
        }
        return sum / rows.length;
    }

    /** Share of examples that are decided as their labels say. */
    double accuracy() {
        int sum = 0;
        for (boolean right : correct) {
            sum += right ? 1 : 0;
        }
        return (double) sum / rows.length;
    }
}
