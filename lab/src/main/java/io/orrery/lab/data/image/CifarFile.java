package io.orrery.lab.data.image;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFile;
import io.orrery.lab.data.file.FilesRead;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.set.InputRows;
import io.orrery.lab.data.set.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the binary files of CIFAR-10 and CIFAR-100 (Krizhevsky 2009): records of one or two label bytes, then 1,024 red,
 * 1,024 green and 1,024 blue bytes, each plane row by row.
 *
 * @param labelBytes label bytes at the start of a record
 * @param labelAt which of them is the label
 * @param classes labels must be below this
 */
public record CifarFile(int labelBytes, int labelAt, int classes) {
    private static final int SIDE = 32;
    private static final int PIXELS = 3 * SIDE * SIDE;
    private static final int MOST_RECORDS = 500_000;
    private static final double FULL = 255;

    /** The images [count, 3, 32, 32] in [0, 1] and labels of some files, one after the other; adds them to the files. */
    public Split split(List<Path> paths, FilesRead files, String part) {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            String key = paths.size() == 1 ? part : part + " " + (i + 1);
            List<byte[]> some =
                    DataFile.read(paths.get(i), files, this::records).addTo(files, key);
            files.add(Ledger.Entry.all(paths.get(i).toString(), "records", some.size()));
            records.addAll(some);
        }
        InputRows inputs = InputRows.of(records.size(), exampleShape(), files.least());
        int[] labels = new int[records.size()];
        for (int i = 0; i < labels.length; i++) {
            byte[] record = records.get(i);
            labels[i] = Byte.toUnsignedInt(record[labelAt]);
            for (int j = 0; j < PIXELS; j++) {
                inputs.set(i * PIXELS + j, Byte.toUnsignedInt(record[labelBytes + j]) / FULL);
            }
        }
        return new Split(inputs.array(), labels);
    }

    /** The example shape of every file. */
    public static Shape exampleShape() {
        return Shape.of(3, SIDE, SIDE);
    }

    private List<byte[]> records(DataFile file) throws IOException {
        int size = labelBytes + PIXELS;
        List<byte[]> records = new ArrayList<>();
        while (true) {
            byte[] record = file.content().readNBytes(size);
            if (record.length == 0) {
                break;
            }
            if (record.length < size) {
                throw new UserError(file.path() + ": truncated: record " + records.size() + " has " + record.length
                        + " of " + size + " bytes; get the file again");
            }
            int label = Byte.toUnsignedInt(record[labelAt]);
            if (label >= classes) {
                throw new UserError(file.path() + ": the label of record " + records.size() + " is " + label
                        + ", out of range 0 to " + (classes - 1) + "; is it a CIFAR-" + classes + " file?");
            }
            records.add(record);
            if (records.size() > MOST_RECORDS) {
                throw new UserError(
                        file.path() + ": more than " + MOST_RECORDS + " records; no CIFAR file is so large");
            }
        }
        if (records.isEmpty()) {
            throw new UserError(file.path() + ": empty; expected records of " + size + " bytes");
        }
        return records;
    }
}
