package io.orrery.lab.data.generated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How people write the ten digits: several ways for each, as strokes through control points. A stroke is a list of points
 * {@code x,y} in a box of 100 x 100, y downwards; a curve runs smoothly through them, except at points marked {@code !},
 * which are corners.
 */
final class Glyphs {
    /** A point that a pen passes; at a corner the curve has no common direction before and after. */
    record Point(double x, double y, boolean corner) {}

    /** One way of writing a digit. */
    record Glyph(List<List<Point>> strokes) {}

    private static final String[][] DIGITS = {
        {
            "55,2 26,18 18,55 34,92 62,96 82,62 76,22 53,3",
            "50,3 31,28 29,70 48,97 69,74 71,28 48,2 42,10",
            "70,14 42,4 16,38 24,84 58,97 86,62 76,18 46,6",
            "38,10 22,48 36,90 66,94 80,50 64,8 34,6 30,16",
        },
        {"52,2 50,50 48,98", "30,26 55,3! 54,50 53,98", "32,22 53,3! 52,95; 28,96 76,95", "64,2 50,48 38,98"},
        {
            "20,26 36,5 66,6 74,28 54,60 18,94! 50,92 86,95",
            "18,24 46,3 74,20 62,54 30,88 16,90 28,76 50,86 86,94",
            "22,18 50,3 76,24 60,56 20,95! 84,93",
            "24,30 34,8 64,4 78,26 66,52 36,74 22,93! 58,84 84,96",
        },
        {
            "22,13 50,2 75,20 62,42 42,48! 70,54 80,76 52,98 18,88",
            "20,6! 77,5! 46,42! 76,56 76,84 46,98 18,86",
            "26,15 55,3 72,24 45,46 74,64 71,90 40,98 16,86",
            "24,8 62,4 70,30 48,46 36,46 64,50 78,72 60,96 30,97 14,84",
        },
        {
            "32,5 22,50! 82,53; 66,12 62,55 60,98",
            "62,98 66,50 66,3! 15,64! 88,66",
            "26,8 22,46 42,56 74,48; 76,5 68,50 64,98",
            "40,4 16,62! 84,60; 62,34 58,98",
        },
        {
            "75,5! 32,6! 27,45! 56,38 80,62 70,90 40,98 18,86",
            "32,8 28,45! 60,42 78,68 56,96 20,90; 32,8 78,5",
            "74,9 42,6 29,26 42,44 72,60 74,85 45,98 20,88",
            "70,4! 38,7! 34,40! 62,44 76,66 62,92 26,96",
        },
        {
            "68,6 38,26 20,64 36,95 68,90 74,66 50,52 26,70",
            "55,2 30,40 22,75 46,98 74,80 64,56 38,60 25,80",
            "62,3 26,68 40,97 70,86 70,62 46,56 28,74",
            "46,2 28,36 22,76 40,98 62,90 66,68 48,58 28,72",
        },
        {
            "18,9! 80,6! 56,50 40,98",
            "18,9! 80,6! 56,50 42,98; 32,52 74,49",
            "18,22 20,7! 79,8! 52,55 46,98",
            "16,10 50,9 80,5! 58,40 34,98",
        },
        {
            "72,16 45,3 26,20 46,43 74,65 70,92 42,98 22,78 44,52 74,26 64,6",
            "50,3 28,22 50,46 72,24 52,3; 50,46 23,72 50,98 79,74 52,47",
            "50,48 26,26 50,3 74,22 50,48 23,75 50,98 78,75 53,50",
            "66,12 38,6 34,32 62,56 66,88 38,96 30,72 58,42 68,18 60,8",
        },
        {
            "75,25 50,3 26,22 36,49 65,46 76,20! 72,60 65,98",
            "72,22 46,4 25,30 46,52 73,30 72,70 50,96 28,90",
            "72,14 40,5 25,28 42,48 69,36 74,10! 60,98",
            "68,10 40,6 26,30 44,50 66,32 70,12 66,54 46,98",
        },
    };

    private static final List<List<Glyph>> GLYPHS = Arrays.stream(DIGITS)
            .map(variants -> Arrays.stream(variants).map(Glyphs::glyph).toList())
            .toList();

    private Glyphs() {}

    /** The ways of writing a digit from 0 to 9. */
    static List<Glyph> of(int digit) {
        return GLYPHS.get(digit);
    }

    private static Glyph glyph(String text) {
        List<List<Point>> strokes = new ArrayList<>();
        for (String stroke : text.split(";", -1)) {
            strokes.add(Arrays.stream(stroke.strip().split(" ", -1))
                    .map(Glyphs::point)
                    .toList());
        }
        return new Glyph(List.copyOf(strokes));
    }

    private static Point point(String text) {
        boolean corner = text.endsWith("!");
        String numbers = corner ? text.substring(0, text.length() - 1) : text;
        int comma = numbers.indexOf(',');
        return new Point(
                Double.parseDouble(numbers.substring(0, comma)),
                Double.parseDouble(numbers.substring(comma + 1)),
                corner);
    }
}
