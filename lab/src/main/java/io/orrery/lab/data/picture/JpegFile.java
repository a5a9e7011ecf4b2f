package io.orrery.lab.data.picture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The structure of a JPEG file (ITU-T T.81), and what its samples mean. Decoders disagree where there is no JFIF header; this
 * follows libjpeg (jdapimin.c, read, version 6b): with a JFIF header luma and chroma; else by Adobe's marker; else red, green
 * and blue if the components are called R, G and B, luma and chroma if not.
 *
 * @param bare the same picture with components numbered from 1, under a JFIF header and without any other application data,
 *     profiles or comments, so that a decoder has nothing to guess at
 * @param components one (grey) or three
 * @param luma whether three components are luma and chroma (YCbCr), not red, green and blue
 * @param chromaRowsHalved whether chroma has half as many rows as luma, and as many columns
 */
record JpegFile(PictureHeader header, byte[] bare, int components, boolean luma, boolean chromaRowsHalved) {
    private static final int START_OF_IMAGE = 0xd8;
    private static final int END_OF_IMAGE = 0xd9;
    private static final int START_OF_SCAN = 0xda;
    private static final int APPLICATION = 0xe0;
    private static final int COMMENT = 0xfe;
    private static final int INKS = 4;
    /** Progressive files have about ten. */
    private static final int MOST_SCANS = 500;

    static JpegFile parse(byte[] file) throws PictureDamage {
        return new Reader(file).read();
    }

    /** Walks through the markers of one file. */
    private static final class Reader {
        private static final byte[] JFIF = {
            (byte) 0xff, (byte) APPLICATION, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
        };

        private final byte[] file;
        private final ByteArrayOutputStream bare = new ByteArrayOutputStream();
        private final List<Integer> names = new ArrayList<>();
        private int at = 2;
        private int height;
        private int width;
        private boolean jfif;
        private int adobe = -1;
        private boolean rowsHalved;
        private Orientation orientation = Orientation.UPRIGHT;
        private int scans;

        private Reader(byte[] file) {
            this.file = file;
        }

        private JpegFile read() throws PictureDamage {
            bare.write(0xff);
            bare.write(START_OF_IMAGE);
            bare.writeBytes(JFIF);
            for (int marker = marker(); marker != END_OF_IMAGE; marker = marker()) {
                segment(marker);
            }
            bare.write(0xff);
            bare.write(END_OF_IMAGE);
            if (names.isEmpty() || scans == 0) {
                throw damage("it has no pixels");
            }
            PictureHeader header = new PictureHeader(height, width, names.size() == 1, orientation);
            return new JpegFile(header, bare.toByteArray(), names.size(), luma(), rowsHalved);
        }

        private void segment(int marker) throws PictureDamage {
            if (marker == START_OF_IMAGE || marker == 0x01 || marker >= 0xd0 && marker <= 0xd7) {
                throw damage(
                        "marker " + Integer.toHexString(marker) + " at byte " + (at - 1) + " does not belong there");
            }
            int length = number(at, 2);
            if (length < 2) {
                throw damage("the segment at byte " + at + " has length " + length);
            }
            int content = at + 2;
            number(at + length - 1, 1);
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (marker == APPLICATION) {
                jfif |= length >= 16 && isAt(content, "JFIF\0");
            } else if (marker == APPLICATION + 1 && length >= 8 && isAt(content, "Exif\0\0")) {
                orientation = Exif.orientation(file, content + 6, length - 8);
            } else if (marker == APPLICATION + 14 && length >= 14 && isAt(content, "Adobe")) {
                adobe = file[content + 11] & 0xff;
            } else if (frame) {
                frame(marker, content, length - 2);
            }
            int end = at + length;
            if (marker < APPLICATION) {
                byte[] copy = Arrays.copyOfRange(file, at, end);
                if (frame) {
                    for (int i = 0; i < names.size(); i++) {
                        copy[8 + 3 * i] = (byte) (i + 1);
                    }
                }
                if (marker == START_OF_SCAN) {
                    rename(copy);
                }
                bare.write(0xff);
                bare.write(marker);
                bare.writeBytes(copy);
            } else if (marker != COMMENT && marker > APPLICATION + 15) {
                throw damage("marker " + Integer.toHexString(marker) + " at byte " + (at - 1) + " is unknown");
            }
            at = end;
            if (marker == START_OF_SCAN) {
                scan();
            }
        }

        private void frame(int marker, int content, int length) throws PictureDamage {
            if (!names.isEmpty()) {
                throw damage("it has two frames");
            }
            if (marker == 0xc9 || marker == 0xca) {
                throw new PictureDamage("a JPEG with arithmetic coding; save it as an ordinary JPEG, or as PNG");
            }
            if (marker > 0xc2) {
                throw new PictureDamage("a lossless or hierarchical JPEG; save it as an ordinary JPEG, or as PNG");
            }
            if (length < 6) {
                throw damage("its frame header is too short");
            }
            if (number(content, 1) != 8) {
                throw new PictureDamage("a JPEG with " + number(content, 1) + " bits; save it with 8 bits, or as PNG");
            }
            height = number(content + 1, 2);
            width = number(content + 3, 2);
            Pictures.checkSize(height, width);
            int components = number(content + 5, 1);
            if (components == INKS) {
                throw new PictureDamage("four inks (CMYK); save it as RGB");
            }
            if (components != 1 && components != 3) {
                throw new PictureDamage(
                        "a JPEG of " + components + " components, expected grey or RGB; save it as RGB");
            }
            if (length != 6 + 3 * components) {
                throw damage("its frame header has " + length + " bytes");
            }
            for (int i = 0; i < components; i++) {
                int name = number(content + 6 + 3 * i, 1);
                if (names.contains(name)) {
                    throw damage("two components have the same number");
                }
                names.add(name);
            }
            rowsHalved = components == 3
                    && number(content + 7, 1) == 0x12
                    && number(content + 10, 1) == 0x11
                    && number(content + 13, 1) == 0x11;
        }

        /** Gives the components of a scan their new numbers; the copy begins with the segment's length. */
        private void rename(byte[] copy) throws PictureDamage {
            if (names.isEmpty()) {
                throw damage("pixels come before the frame header");
            }
            int components = copy.length > 2 ? copy[2] : 0;
            if (components < 1 || components > names.size() || copy.length != 6 + 2 * components) {
                throw damage("the header of a scan is damaged");
            }
            for (int i = 0; i < components; i++) {
                int known = names.indexOf(copy[3 + 2 * i] & 0xff);
                if (known < 0) {
                    throw damage("a scan holds a component that the frame does not have");
                }
                copy[3 + 2 * i] = (byte) (known + 1);
            }
        }

        /** Copies the compressed samples: all up to a marker that is no restart. */
        private void scan() throws PictureDamage {
            int start = at;
            while (true) {
                while (at < file.length && file[at] != (byte) 0xff) {
                    at++;
                }
                int next = number(at + 1, 1);
                if (next == 0xff) {
                    at++;
                } else if (next == 0 || next >= 0xd0 && next <= 0xd7) {
                    at += 2;
                } else {
                    break;
                }
            }
            bare.write(file, start, at - start);
            scans++;
            if (scans > MOST_SCANS) {
                throw damage("it has more than " + MOST_SCANS + " scans, each of which takes as long as a picture");
            }
        }

        private boolean luma() {
            if (jfif) {
                return true;
            }
            if (adobe >= 0) {
                return adobe != 0;
            }
            return !names.equals(List.of((int) 'R', (int) 'G', (int) 'B'));
        }

        /** The next marker; fill bytes before it are skipped. */
        private int marker() throws PictureDamage {
            if (number(at, 1) != 0xff) {
                throw damage("there is no marker at byte " + at);
            }
            while (number(at, 1) == 0xff) {
                at++;
            }
            return number(at++, 1);
        }

        private boolean isAt(int offset, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            return Arrays.equals(file, offset, offset + bytes.length, bytes, 0, bytes.length);
        }

        /** An unsigned number, the most significant byte first. */
        private int number(int offset, int bytes) throws PictureDamage {
            if (offset + bytes > file.length) {
                throw new PictureDamage("the file ends before the image does; copy it again");
            }
            return bytes == 1 ? file[offset] & 0xff : (file[offset] & 0xff) << 8 | file[offset + 1] & 0xff;
        }
    }

    static PictureDamage damage(String reason) {
        return new PictureDamage("not a readable image (JPEG: " + reason + "); get the file again");
    }
}
