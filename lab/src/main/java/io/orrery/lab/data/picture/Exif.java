package io.orrery.lab.data.picture;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The orientation entry of EXIF data (a TIFF header and its first directory), as in APP1 of JPEG and eXIf of PNG. */
final class Exif {
    private static final int LITTLE = 0x4949;
    private static final int BIG = 0x4d4d;
    private static final int MAGIC = 42;
    private static final int ENTRY = 12;
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;

    private Exif() {}

    /** What the entry says; upright where there is none, or where the data are no EXIF: they are not the picture. */
    static Orientation orientation(byte[] file, int offset, int length) {
        ByteBuffer data = ByteBuffer.wrap(file, offset, length).slice();
        try {
            int order = data.getShort(0) & 0xffff;
            if (order != LITTLE && order != BIG) {
                return Orientation.UPRIGHT;
            }
            data.order(order == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            if (data.getShort(2) != MAGIC) {
                return Orientation.UPRIGHT;
            }
            long directory = data.getInt(4) & 0xffffffffL;
            if (directory > length - 2) {
                return Orientation.UPRIGHT;
            }
            int entries = data.getShort((int) directory) & 0xffff;
            for (int i = 0; i < entries; i++) {
                int entry = (int) directory + 2 + i * ENTRY;
                if (data.getShort(entry) == ORIENTATION && data.getShort(entry + 2) == SHORT) {
                    return Orientation.of(data.getShort(entry + 8));
                }
            }
            return Orientation.UPRIGHT;
        } catch (IndexOutOfBoundsException | BufferUnderflowException cut) {
            return Orientation.UPRIGHT;
        }
    }
}
