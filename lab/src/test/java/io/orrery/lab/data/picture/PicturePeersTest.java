package io.orrery.lab.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orrery.engine.random.RandomStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pixel values against libpng (pngtopam of Netpbm) and libjpeg-turbo (djpeg). Skipped where these are not installed. */
class PicturePeersTest {
    /** A picture as a peer sees it: samples pixel after pixel. */
    private record Peer(int height, int width, int samples, int white, int[] values) {
        double opacity(int pixel) {
            return samples % 2 == 0 ? (double) values[(pixel + 1) * samples - 1] / white : 1;
        }
    }

    @TempDir
    Path folder;

    private long drawn;

    @Test
    void everyKindOfPngHasThePixelsOfLibpng() throws Exception {
        require("pngtopam");
        int[][] kinds = {
            {0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8}, {4, 8}, {4, 16},
            {6, 8}, {6, 16}
        };
        int compared = 0;
        for (int[] kind : kinds) {
            for (boolean interlaced : new boolean[] {false, true}) {
                for (int[] size : new int[][] {{1, 1}, {5, 3}, {9, 17}, {16, 16}}) {
                    for (boolean transparent : new boolean[] {false, true}) {
                        // Netpbm 11 overlooks the one transparent colour of true colour: see PicturesTest.
                        if (transparent && (kind[0] >= 4 || kind[0] == 2)) {
                            continue;
                        }
                        comparePng(size[0], size[1], kind[0], kind[1], interlaced, transparent, compared % 6);
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isEqualTo(192);
    }

    private void comparePng(
            int height, int width, int colour, int depth, boolean interlaced, boolean transparent, int filter)
            throws Exception {
        int perPixel = switch (colour) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
        PngBytes png = new PngBytes(height, width, depth, colour, interlaced ? 1 : 0);
        // A gamma far from the usual: values are samples, not light.
        png.chunk("gAMA", (byte) 0, (byte) 1, (byte) 0x86, (byte) 0xa0);
        if (colour == 3) {
            byte[] palette = new byte[3 << depth];
            for (int i = 0; i < palette.length; i++) {
                palette[i] = (byte) draw(256);
            }
            png.chunk("PLTE", palette);
        }
        int[][] samples = new int[height][width * perPixel];
        for (int[] row : samples) {
            Arrays.setAll(row, _ -> draw(1 << depth));
        }
        if (transparent) {
            byte[] chunk = new byte[colour == 0 ? 2 : 1 << depth - 1];
            for (int i = 0; i < chunk.length; i++) {
                chunk[i] = colour == 3
                        ? (byte) draw(256)
                        : (byte) (i % 2 == 1 ? samples[0][i / 2] : samples[0][i / 2] >> 8);
            }
            png.chunk("tRNS", chunk);
        }
        byte[] file = png.pixels(samples, perPixel, depth, interlaced, filter);
        Path path = folder.resolve("peer.png");
        Files.write(path, file);
        String what = "colour " + colour + ", depth " + depth + ", interlaced " + interlaced + ", " + height + " x "
                + width + ", transparent " + transparent;
        Picture ours = Pictures.decode(file);
        Peer peer = peer(run(List.of("pngtopam", "-alphapam", path.toString())));
        assertThat(new int[] {ours.height(), ours.width()}).as(what).containsExactly(peer.height, peer.width);
        int channels = Math.max(1, peer.samples - 1 + peer.samples % 2);
        for (int pixel = 0; pixel < height * width; pixel++) {
            for (int channel = 0; channel < ours.channels(); channel++) {
                double value = peer.opacity(pixel)
                        * ((double) peer.values[pixel * peer.samples + Math.min(channel, channels - 1)] / peer.white);
                assertThat(ours.values()[channel * height * width + pixel])
                        .as("%s, pixel %d, channel %d", what, pixel, channel)
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void everyKindOfJpegHasThePixelsOfDjpeg() throws Exception {
        require("cjpeg");
        require("djpeg");
        int worst = 0;
        int compared = 0;
        for (String options : new String[] {
            "-sample 1x1",
            "-sample 2x1",
            "-sample 2x2",
            "-sample 1x2",
            "-sample 4x1",
            "-sample 1x4",
            "-sample 4x2",
            "-grayscale",
            "-rgb",
            "-progressive -sample 2x2",
            "-restart 1 -sample 2x1",
            "-optimize",
            "-quality 30",
            "-quality 100 -sample 1x2",
            "-progressive -grayscale"
        }) {
            for (int[] size : new int[][] {{1, 1}, {7, 5}, {16, 16}, {17, 33}, {40, 23}, {31, 64}}) {
                for (boolean bare : new boolean[] {false, true}) {
                    byte[] file = jpeg(size[0], size[1], options);
                    if (bare && file[3] == (byte) 0xe0) {
                        file = JpegBytes.withoutJfif(file);
                    }
                    worst = Math.max(worst, worstDifference(file, options + " " + size[0] + " x " + size[1]));
                    compared++;
                }
            }
        }
        assertThat(compared).isEqualTo(180);
        assertThat(worst).as("levels of 255").isLessThanOrEqualTo(1);
        System.out.println("JPEG against djpeg: " + compared + " pictures, largest difference " + worst + " of 255");
    }

    @Test
    void coloursAreWhatDjpegTakesThemFor() throws Exception {
        require("djpeg");
        byte[] jpeg = JpegBytes.of(16, 16, 0x285ac8);
        byte[] bare = JpegBytes.withoutJfif(jpeg);
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        byte[] adobeLuma = adobe.clone();
        adobeLuma[11] = 1;
        for (byte[] file : List.of(
                jpeg,
                bare,
                JpegBytes.renamed(bare, 0, 1, 2),
                JpegBytes.renamed(bare, 'R', 'G', 'B'),
                JpegBytes.renamed(jpeg, 'R', 'G', 'B'),
                JpegBytes.renamed(bare, 'Y', 'C', 'c'),
                JpegBytes.with(bare, 0xee, adobe),
                JpegBytes.with(bare, 0xee, adobeLuma),
                JpegBytes.with(jpeg, 0xee, adobe),
                JpegBytes.with(bare, 0xe1, JpegBytes.exif(1, true)))) {
            assertThat(worstDifference(file, "colours")).isZero();
        }
    }

    private int worstDifference(byte[] file, String what) throws Exception {
        Path path = folder.resolve("peer.jpg");
        Files.write(path, file);
        Peer peer = peer(run(List.of("djpeg", "-pnm", path.toString())));
        Picture ours = Pictures.decode(file);
        assertThat(new int[] {ours.height(), ours.width(), ours.channels()})
                .as(what)
                .containsExactly(peer.height, peer.width, peer.samples);
        int worst = 0;
        for (int i = 0; i < peer.values.length; i++) {
            int channel = i % peer.samples;
            double value = ours.values()[channel * peer.height * peer.width + i / peer.samples];
            worst = Math.max(worst, Math.abs((int) Math.round(value * 255) - peer.values[i]));
        }
        return worst;
    }

    private byte[] jpeg(int height, int width, String options) throws Exception {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        pixels.writeBytes(("P6\n" + width + " " + height + "\n255\n").getBytes(StandardCharsets.US_ASCII));
        for (int i = 0; i < height * width * 3; i++) {
            // Noise on a slope: every frequency, and edges of all sizes.
            pixels.write(Math.clamp(i * 255L / (height * width * 3) + draw(120) - 60, 0, 255));
        }
        Path source = folder.resolve("source.ppm");
        Files.write(source, pixels.toByteArray());
        List<String> command = new ArrayList<>(List.of("cjpeg"));
        command.addAll(List.of(options.split(" ")));
        command.add(source.toString());
        return run(command);
    }

    private int draw(int bound) {
        return RandomStream.of(7, "pictures").integer(0, drawn++, bound);
    }

    private static Peer peer(byte[] pnm) {
        String start = new String(pnm, StandardCharsets.ISO_8859_1);
        int height;
        int width;
        int samples;
        int white;
        int at;
        if (start.startsWith("P7")) {
            at = start.indexOf("ENDHDR\n") + 7;
            height = field(start, "HEIGHT");
            width = field(start, "WIDTH");
            samples = field(start, "DEPTH");
            white = field(start, "MAXVAL");
        } else {
            String[] words = start.split("\\s", 5);
            samples = words[0].equals("P6") ? 3 : 1;
            width = Integer.parseInt(words[1]);
            height = Integer.parseInt(words[2]);
            white = Integer.parseInt(words[3]);
            at = pnm.length - height * width * samples * (white > 255 ? 2 : 1);
        }
        int[] values = new int[height * width * samples];
        for (int i = 0; i < values.length; i++) {
            values[i] = white > 255 ? (pnm[at + 2 * i] & 0xff) << 8 | pnm[at + 2 * i + 1] & 0xff : pnm[at + i] & 0xff;
        }
        return new Peer(height, width, samples, white, values);
    }

    private static int field(String header, String name) {
        int at = header.indexOf(name + " ") + name.length() + 1;
        return Integer.parseInt(header.substring(at, header.indexOf('\n', at)));
    }

    private static byte[] run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
        return output;
    }

    private static void require(String program) {
        boolean there = Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
        assumeTrue(there, program + " is not installed (packages netpbm, libjpeg-turbo-progs)");
    }
}
