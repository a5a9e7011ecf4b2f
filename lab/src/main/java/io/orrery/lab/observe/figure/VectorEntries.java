package io.orrery.lab.observe.figure;

import java.util.List;
import java.util.Optional;

/**
 * A vector over time, its entries side by side.
 *
 * @param entries what they are
 * @param countedBy the quantity that says how many there were where some, evenly chosen, were kept
 */
public record VectorEntries(
        String title, String caption, String quantity, Entries entries, Optional<String> countedBy, LayerShown shown)
        implements FigureSpec {

    /** What the entries of a vector are. */
    public enum Entries {
        /** Numbers in an order of their own. */
        INDEXED,
        /** One for each class, in the order of labels. */
        CLASSES
    }

    /** Of numbers in an order of their own. */
    public static VectorEntries of(String title, String caption, String quantity) {
        return new VectorEntries(title, caption, quantity, Entries.INDEXED, Optional.empty(), LayerShown.LAST);
    }

    /** Of one number for each class. */
    public static VectorEntries byClass(String title, String caption, String quantity) {
        return new VectorEntries(title, caption, quantity, Entries.CLASSES, Optional.empty(), LayerShown.LAST);
    }

    /** Chosen from as many entries as another quantity says. */
    public VectorEntries countedBy(String count) {
        return new VectorEntries(title, caption, quantity, entries, Optional.of(count), shown);
    }

    /** With another layer shown first. */
    public VectorEntries showing(LayerShown layer) {
        return new VectorEntries(title, caption, quantity, entries, countedBy, layer);
    }

    @Override
    public List<String> quantities() {
        return List.of(quantity);
    }
}
