package io.orrery.lab.data.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The structure of a PNG file by its specification (W3C, third edition): chunks, each verified by its checksum.
 *
 * @param file the whole file
 * @param depth bits of a sample: 1, 2, 4, 8 or 16
 * @param colour grey 0, true colour 2, palette 3, grey with opacity 4, true colour with opacity 6
 * @param interlaced whether rows come in the seven passes of Adam7
 * @param palette red, green, blue of each entry; empty but for colour 3
 * @param transparent the chunk tRNS: opacities of the palette's entries, or the one transparent grey or colour; empty without one
 * @param data where the compressed samples are, in order
 */
record Png(
        byte[] file,
        PictureHeader header,
        int depth,
        int colour,
        boolean interlaced,
        byte[] palette,
        byte[] transparent,
        List<Part> data) {
    static final int GREY = 0;
    static final int TRUE_COLOUR = 2;
    static final int PALETTE = 3;
    static final int GREY_WITH_OPACITY = 4;
    static final int TRUE_COLOUR_WITH_OPACITY = 6;

    private static final int SIGNATURE = 8;
    private static final int AROUND = 12;
    private static final int MOST_ENTRIES = 256;

    /** A stretch of the file. */
    record Part(int offset, int length) {}

    private record Chunk(String type, int offset, int length) {
        boolean critical() {
            return Character.isUpperCase(type.charAt(0));
        }
    }

    static Png parse(byte[] file) throws PictureDamage {
        List<Chunk> chunks = chunks(file);
        Chunk first = chunks.getFirst();
        if (!first.type.equals("IHDR") || first.length != 13) {
            throw damage("its first chunk is no header");
        }
        ByteBuffer header = ByteBuffer.wrap(file, first.offset, first.length).slice();
        int width = header.getInt();
        int height = header.getInt();
        Pictures.checkSize(height, width);
        int depth = header.get();
        int colour = header.get();
        checkKind(depth, colour);
        int compression = header.get();
        int filter = header.get();
        if (compression != 0 || filter != 0) {
            throw damage("its compression or filter method is none of PNG's");
        }
        int interlace = header.get();
        if (interlace != 0 && interlace != 1) {
            throw damage("its interlace method is none of PNG's");
        }
        byte[] palette = {};
        byte[] transparent = {};
        Orientation orientation = Orientation.UPRIGHT;
        List<Part> data = new ArrayList<>();
        boolean dataEnded = false;
        for (Chunk chunk : chunks.subList(1, chunks.size())) {
            dataEnded |= !data.isEmpty() && !chunk.type.equals("IDAT");
            switch (chunk.type) {
                case "IDAT" -> {
                    if (dataEnded) {
                        throw damage("its pixels are torn apart by other chunks");
                    }
                    data.add(new Part(chunk.offset, chunk.length));
                }
                case "PLTE" -> {
                    if (palette.length > 0
                            || !data.isEmpty()
                            || chunk.length % 3 != 0
                            || chunk.length == 0
                            || chunk.length > 3 * MOST_ENTRIES) {
                        throw damage("its palette has " + chunk.length + " bytes, or stands in the wrong place");
                    }
                    palette = bytes(file, chunk);
                }
                case "tRNS" -> transparent = bytes(file, chunk);
                case "eXIf" -> orientation = Exif.orientation(file, chunk.offset, chunk.length);
                case "IHDR" -> throw damage("it has two headers");
                default -> {
                    if (chunk.critical() && !chunk.type.equals("IEND")) {
                        throw damage("its chunk " + chunk.type + " is unknown, and needed to decode it");
                    }
                }
            }
        }
        if (data.isEmpty()) {
            throw damage("it has no pixels");
        }
        if (colour != PALETTE) {
            // Elsewhere a palette is only advice for poor displays.
            palette = new byte[0];
        } else if (palette.length == 0) {
            throw damage("its palette is missing");
        }
        checkTransparent(colour, palette, transparent);
        boolean grey = colour == GREY || colour == GREY_WITH_OPACITY || colour == PALETTE && greys(palette);
        return new Png(
                file,
                new PictureHeader(height, width, grey, orientation),
                depth,
                colour,
                interlace == 1,
                palette,
                transparent,
                List.copyOf(data));
    }

    /** Samples of a pixel. */
    int samples() {
        return switch (colour) {
            case TRUE_COLOUR -> 3;
            case GREY_WITH_OPACITY -> 2;
            case TRUE_COLOUR_WITH_OPACITY -> 4;
            default -> 1;
        };
    }

    static PictureDamage damage(String reason) {
        return new PictureDamage("not a readable image (PNG: " + reason + "); get the file again");
    }

    private static List<Chunk> chunks(byte[] file) throws PictureDamage {
        List<Chunk> chunks = new ArrayList<>();
        long at = SIGNATURE;
        while (true) {
            if (at + AROUND > file.length) {
                throw ended();
            }
            ByteBuffer bytes = ByteBuffer.wrap(file);
            int start = (int) at;
            long length = bytes.getInt(start) & 0xffffffffL;
            String type = new String(file, start + 4, 4, StandardCharsets.ISO_8859_1);
            if (!type.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z' || letter >= 'a' && letter <= 'z')) {
                throw damage("a chunk at byte " + start + " has no name");
            }
            if (at + AROUND + length > file.length) {
                throw ended();
            }
            CRC32 checksum = new CRC32();
            checksum.update(file, start + 4, (int) length + 4);
            if ((int) checksum.getValue() != bytes.getInt(start + 8 + (int) length)) {
                throw damage("the checksum of its chunk " + type + " at byte " + start + " is wrong");
            }
            chunks.add(new Chunk(type, start + 8, (int) length));
            if (type.equals("IEND")) {
                return chunks;
            }
            at += AROUND + length;
        }
    }

    private static PictureDamage ended() {
        return new PictureDamage("not a readable image (PNG: the file ends before the image does); copy it again");
    }

    private static void checkKind(int depth, int colour) throws PictureDamage {
        boolean known = switch (colour) {
            case GREY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case TRUE_COLOUR, GREY_WITH_OPACITY, TRUE_COLOUR_WITH_OPACITY -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!known) {
            throw damage("colour type " + colour + " with " + depth + " bits is none of PNG's");
        }
    }

    private static void checkTransparent(int colour, byte[] palette, byte[] transparent) throws PictureDamage {
        if (transparent.length == 0) {
            return;
        }
        boolean fits = switch (colour) {
            case GREY -> transparent.length == 2;
            case TRUE_COLOUR -> transparent.length == 6;
            case PALETTE -> transparent.length <= palette.length / 3;
            default -> false;
        };
        if (!fits) {
            throw damage("its chunk tRNS has " + transparent.length + " bytes, which do not fit colour type " + colour);
        }
    }

    private static boolean greys(byte[] palette) {
        for (int i = 0; i < palette.length; i += 3) {
            if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(byte[] file, Chunk chunk) {
        return Arrays.copyOfRange(file, chunk.offset, chunk.offset + chunk.length);
    }
}
