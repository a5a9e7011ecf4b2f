package io.orrery.lab.data.generated;

import io.orrery.engine.random.RandomStream;
import io.orrery.lab.data.generated.Glyphs.Glyph;
import io.orrery.lab.data.generated.Glyphs.Point;
import io.orrery.lab.data.set.InputRows;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws one digit as a grey image of {@value #SIZE} x {@value #SIZE} pixels, 0 paper and 1 ink. Each image has a way of
 * writing, unsteady control points, a slant, a size, a place and a pen of its own. The bits depend on the stream and the
 * step alone: plain arithmetic and {@code StrictMath}.
 */
public final class Handwriting {
    /** Height and width of an image in pixels. */
    public static final int SIZE = 28;

    private static final int PIECES = 6;
    private static final double UNSTEADY = 4.0;
    private static final double NOISE = 0.06;

    private final RandomStream random;
    private final long step;
    private int next;

    private Handwriting(RandomStream random, long step) {
        this.random = random;
        this.step = step;
    }

    /** Writes the image of a digit into pixels [offset, offset + SIZE * SIZE). */
    public static void draw(int digit, RandomStream random, long step, InputRows pixels, int offset) {
        Handwriting hand = new Handwriting(random, step);
        double[] ink = new double[SIZE * SIZE];
        hand.write(Glyphs.of(digit), ink);
        double[] grains = random.uniforms(step, hand.next, ink.length);
        for (int i = 0; i < ink.length; i++) {
            double grain = NOISE * (2 * grains[i] - 1);
            double noisy = ink[i] + grain;
            pixels.set(offset + i, Math.clamp(noisy, 0.0, 1.0));
        }
    }

    private void write(List<Glyph> ways, double[] ink) {
        Glyph glyph = ways.get(random.integer(step, next++, ways.size()));
        Page page = page();
        double radius = between(0.75, 1.5);
        double softness = between(0.9, 1.5);
        double strength = between(0.8, 1.0);
        for (List<Point> stroke : glyph.strokes()) {
            double pressure = radius * between(0.85, 1.15);
            double lift = radius * between(0.75, 1.1);
            List<double[]> line = smooth(unsteady(stroke));
            for (int i = 0; i + 1 < line.size(); i++) {
                double along = (i + 0.5) / line.size();
                Pen pen = new Pen(pressure + (lift - pressure) * along, softness, strength);
                pen.segment(page.place(line.get(i)), page.place(line.get(i + 1)), ink);
            }
        }
    }

    /** The control points, each moved a little; corners split the stroke into curves that share the moved corner. */
    private List<List<double[]>> unsteady(List<Point> stroke) {
        List<List<double[]>> curves = new ArrayList<>();
        List<double[]> curve = new ArrayList<>();
        for (Point point : stroke) {
            double[] moved = {point.x() + UNSTEADY * normal(), point.y() + UNSTEADY * normal()};
            curve.add(moved);
            if (point.corner()) {
                curves.add(curve);
                curve = new ArrayList<>();
                curve.add(moved);
            }
        }
        curves.add(curve);
        return curves;
    }

    /** Catmull-Rom curves through the points, cut into straight pieces. */
    private static List<double[]> smooth(List<List<double[]>> curves) {
        List<double[]> line = new ArrayList<>();
        for (List<double[]> points : curves) {
            for (int i = 0; i + 1 < points.size(); i++) {
                double[] from = points.get(i);
                double[] to = points.get(i + 1);
                double[] before = i > 0 ? points.get(i - 1) : from;
                double[] after = i + 2 < points.size() ? points.get(i + 2) : to;
                for (int piece = 0; piece < PIECES; piece++) {
                    double t = piece / (double) PIECES;
                    line.add(new double[] {
                        hermite(before[0], from[0], to[0], after[0], t), hermite(before[1], from[1], to[1], after[1], t)
                    });
                }
            }
            line.add(points.getLast());
        }
        return line;
    }

    private static double hermite(double before, double from, double to, double after, double t) {
        double startSlope = (to - before) / 2;
        double endSlope = (after - from) / 2;
        double bend = 3 * (to - from) - 2 * startSlope - endSlope;
        double twist = 2 * (from - to) + startSlope + endSlope;
        return from + t * (startSlope + t * (bend + t * twist));
    }

    private Page page() {
        double angle = 0.13 * normal();
        double slant = 0.16 * normal();
        double height = 0.2 * between(0.8, 1.08);
        double width = height * between(0.7, 1.1);
        double cos = StrictMath.cos(angle);
        double sin = StrictMath.sin(angle);
        double middle = (SIZE - 1) / 2.0;
        double across = middle + Math.clamp(1.3 * normal(), -3, 3);
        double down = middle + Math.clamp(1.3 * normal(), -3, 3);
        return new Page(
                width * cos,
                width * -slant * cos - height * sin,
                width * sin,
                -width * slant * sin + height * cos,
                across,
                down);
    }

    private double between(double low, double high) {
        return low + (high - low) * random.uniform(step, next++);
    }

    private double normal() {
        return random.normal(step, next++);
    }

    /** An affine map from the glyph's box, its middle at (50, 50), to pixels. */
    private record Page(double xx, double xy, double yx, double yy, double x, double y) {
        double[] place(double[] point) {
            double right = point[0] - 50;
            double below = point[1] - 50;
            return new double[] {xx * right + xy * below + x, yx * right + yy * below + y};
        }
    }

    /** A round nib: full ink within its radius, none beyond radius + softness, in pixels. */
    private record Pen(double radius, double softness, double strength) {
        void segment(double[] from, double[] to, double[] ink) {
            double reach = radius + softness;
            double dx = to[0] - from[0];
            double dy = to[1] - from[1];
            double squared = Math.max(dx * dx + dy * dy, 1e-12);
            int top = (int) Math.max(0, Math.ceil(Math.min(from[1], to[1]) - reach));
            int bottom = (int) Math.min(SIZE - 1, Math.floor(Math.max(from[1], to[1]) + reach));
            int left = (int) Math.max(0, Math.ceil(Math.min(from[0], to[0]) - reach));
            int right = (int) Math.min(SIZE - 1, Math.floor(Math.max(from[0], to[0]) + reach));
            for (int y = top; y <= bottom; y++) {
                for (int x = left; x <= right; x++) {
                    double px = x - from[0];
                    double py = y - from[1];
                    double along = Math.clamp((px * dx + py * dy) / squared, 0.0, 1.0);
                    double offX = px - along * dx;
                    double offY = py - along * dy;
                    double distance = Math.sqrt(offX * offX + offY * offY);
                    double cover = Math.clamp((reach - distance) / softness, 0.0, 1.0) * strength;
                    ink[y * SIZE + x] = Math.max(ink[y * SIZE + x], cover);
                }
            }
        }
    }
}
