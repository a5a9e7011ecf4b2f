package io.orrery.lab.observe.figure;

import java.util.List;
import java.util.stream.Stream;

/**
 * How an instrument wants its readings shown. Quantities that are in none of its figures are drawn all the same, a figure
 * each under their own name.
 *
 * @param title of the section; empty for the instrument's name
 * @param shown figures in order
 * @param further figures that are folded away: what says how others were taken, or says them twice
 * @param keyNumbers what stands before all figures
 */
public record Figures(String title, List<FigureSpec> shown, List<FigureSpec> further, List<KeyNumber> keyNumbers) {
    public Figures {
        shown = List.copyOf(shown);
        further = List.copyOf(further);
        keyNumbers = List.copyOf(keyNumbers);
    }

    /** Nothing said: everything under its own name. */
    public static Figures none() {
        return new Figures("", List.of(), List.of(), List.of());
    }

    /** A section with its figures, in order. */
    public static Figures of(String title, FigureSpec... shown) {
        return new Figures(title, List.of(shown), List.of(), List.of());
    }

    /** With figures that are folded away. */
    public Figures andFurther(FigureSpec... folded) {
        return new Figures(title, shown, List.of(folded), keyNumbers);
    }

    /** With numbers that stand before all figures, in order. */
    public Figures andKeyNumbers(KeyNumber... numbers) {
        return new Figures(title, shown, further, List.of(numbers));
    }

    /** The figures that are shown and those that are folded away. */
    public List<FigureSpec> all() {
        return Stream.concat(shown.stream(), further.stream()).toList();
    }
}
