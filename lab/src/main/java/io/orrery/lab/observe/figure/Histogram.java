package io.orrery.lab.observe.figure;

import java.util.List;

/**
 * Histograms over time. A reading holds its lower edge, its upper edge, then the share in each of equal bins between them.
 *
 * @param axis what is counted into bins, such as {@code margin}
 * @param counted of what the shares are, such as {@code examples}
 */
public record Histogram(String title, String caption, String quantity, String axis, String counted)
        implements FigureSpec {
    @Override
    public List<String> quantities() {
        return List.of(quantity);
    }
}
