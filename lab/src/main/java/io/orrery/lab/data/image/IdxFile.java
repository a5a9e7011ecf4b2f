package io.orrery.lab.data.image;

import io.orrery.engine.graph.Precision;
import io.orrery.engine.graph.Shape;
import io.orrery.engine.state.SharedArray;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFile;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.file.Memory;
import io.orrery.lab.data.set.InputRows;
import io.orrery.lab.data.set.Split;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads the IDX files of MNIST (LeCun, Cortes, Burges 1998): a big-endian magic number (2051 images, 2049 labels), the sizes
 * as big-endian integers, then one unsigned byte per pixel or label.
 */
public final class IdxFile {
    private static final int IMAGES = 2051;
    private static final int LABELS = 2049;
    private static final int UNSIGNED_BYTES = 0x08;
    /** What else the third byte of an IDX file may say of its elements. */
    private static final Map<Integer, String> TYPES = Map.of(
            0x09, "signed bytes",
            0x0b, "16-bit integers",
            0x0c, "32-bit integers",
            0x0d, "single-precision numbers",
            0x0e, "double-precision numbers");

    private static final double WHITE = 255;

    private IdxFile() {}

    /**
     * Images [count, 1, rows, columns] in [0, 1] and their labels; adds both files.
     *
     * @param part which part of the data they are: {@code data: training}
     * @param highest the highest label allowed
     * @throws UserError if a file is missing or damaged or the two do not belong together
     */
    public static Split split(Path images, Path labels, int highest, FilesRead files, String part) {
        DataFile.Read<byte[]> classes = DataFile.read(labels, files, file -> labels(file, highest));
        DataFile.Read<SharedArray> inputs =
                DataFile.read(images, files, file -> images(file, classes.value().length, labels, files.least()));
        int[] numbers = new int[classes.addTo(files, part + " labels").length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Byte.toUnsignedInt(classes.value()[i]);
        }
        files.add(Ledger.Entry.all(images.toString(), "images", numbers.length));
        return new Split(inputs.addTo(files, part + " images"), numbers);
    }

    private static byte[] labels(DataFile file, int highest) throws IOException {
        ByteBuffer header = ByteBuffer.wrap(file.next(8, "the header of an IDX label file"));
        checkMagic(file, header.getInt(), LABELS);
        int count = size(file, "labels", header.getInt());
        byte[] labels = file.next(count, count + " labels");
        file.end(8L + count);
        for (int i = 0; i < count; i++) {
            if (Byte.toUnsignedInt(labels[i]) > highest) {
                throw new UserError(file.path() + ": label " + i + " is " + Byte.toUnsignedInt(labels[i])
                        + ", out of range 0 to " + highest);
            }
        }
        return labels;
    }

    private static SharedArray images(DataFile file, int labels, Path labelFile, Precision precision)
            throws IOException {
        ByteBuffer header = ByteBuffer.wrap(file.next(16, "the header of an IDX image file"));
        checkMagic(file, header.getInt(), IMAGES);
        int count = size(file, "images", header.getInt());
        int rows = size(file, "rows", header.getInt());
        int columns = size(file, "columns", header.getInt());
        if (count != labels) {
            throw new UserError(file.path() + " has " + count + " images, but " + labelFile + " has " + labels
                    + " labels; give files that belong together");
        }
        long pixels = (long) rows * columns;
        if (pixels > Integer.MAX_VALUE || count * pixels > Integer.MAX_VALUE - 64) {
            throw new UserError(file.path() + ": its header says " + count + " images of " + rows + " x " + columns
                    + " pixels, more than fit one array; the file is damaged or too large");
        }
        int length = (int) (count * pixels);
        byte[] grey = file.next(length, count + " images of " + rows + " x " + columns + " pixels");
        file.end(16L + length);
        Memory.require(file.path(), count, pixels, precision.bytes());
        InputRows values = InputRows.of(count, Shape.of(1, rows, columns), precision);
        for (int i = 0; i < length; i++) {
            values.set(i, Byte.toUnsignedInt(grey[i]) / WHITE);
        }
        return values.array();
    }

    private static void checkMagic(DataFile file, int found, int expected) {
        if (found == expected) {
            return;
        }
        String wanted = expected == IMAGES ? "image" : "label";
        int type = found >>> 8;
        int dimensions = found & 0xff;
        if (type == UNSIGNED_BYTES && found != IMAGES && found != LABELS && dimensions > 0) {
            throw new UserError(file.path() + ": an IDX file of " + dimensions + " dimensions; an IDX " + wanted
                    + " file has " + (expected & 0xff));
        }
        if (TYPES.containsKey(type) && dimensions > 0) {
            throw new UserError(file.path() + ": an IDX file of another type (" + TYPES.get(type) + "); " + wanted
                    + "s are read as unsigned bytes: convert it to magic number " + expected);
        }
        String hint = found == IMAGES
                ? "; this is an image file"
                : found == LABELS ? "; this is a label file" : "; this is no such file, or a damaged one";
        throw new UserError(file.path() + ": wrong magic number: an IDX " + wanted + " file starts with " + expected
                + ", found " + found + hint);
    }

    private static int size(DataFile file, String what, int found) {
        if (found < 1) {
            throw new UserError(file.path() + ": its header says " + found + " " + what + "; the file is damaged");
        }
        return found;
    }
}
