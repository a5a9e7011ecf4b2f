package io.orrery.lab.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.orrery.engine.random.RandomStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PicturesTest {
    private static final byte[] BLUE = JpegBytes.of(16, 16, 0x285ac8);

    @Test
    void greyBelowEightBitsIsGrey() throws PictureDamage {
        byte[] one = new PngBytes(2, 3, 1, 0, 0).pixels(new int[][] {{1, 0, 1}, {0, 0, 1}}, 1, 1, false, 0);
        assertThat(Pictures.header(one)).isEqualTo(new PictureHeader(2, 3, true, Orientation.UPRIGHT));
        assertThat(Pictures.decode(one).values()).containsExactly(1, 0, 1, 0, 0, 1);
        byte[] two = new PngBytes(1, 4, 2, 0, 0).pixels(new int[][] {{0, 1, 2, 3}}, 1, 2, false, 0);
        assertThat(Pictures.decode(two).values()).containsExactly(0, 1 / 3.0, 2 / 3.0, 1);
        byte[] four = new PngBytes(1, 2, 4, 0, 0).pixels(new int[][] {{5, 15}}, 1, 4, false, 0);
        assertThat(Pictures.decode(four).values()).containsExactly(1 / 3.0, 1);
    }

    @Test
    void sixteenBitsAreKept() throws PictureDamage {
        byte[] png = new PngBytes(1, 3, 16, 0, 0).pixels(new int[][] {{1, 257, 65535}}, 1, 16, false, 0);
        assertThat(Pictures.decode(png).values()).containsExactly(1 / 65535.0, 257 / 65535.0, 1);
    }

    @Test
    void aPaletteOfGreysIsGrey() throws PictureDamage {
        byte[] greys = new PngBytes(1, 2, 1, 3, 0)
                .chunk("PLTE", (byte) 51, (byte) 51, (byte) 51, (byte) 255, (byte) 255, (byte) 255)
                .pixels(new int[][] {{0, 1}}, 1, 1, false, 0);
        assertThat(Pictures.decode(greys).channels()).isEqualTo(1);
        assertThat(Pictures.decode(greys).values()).containsExactly(0.2, 1);
        byte[] colours = new PngBytes(1, 2, 1, 3, 0)
                .chunk("PLTE", (byte) 51, (byte) 51, (byte) 51, (byte) 255, (byte) 255, (byte) 0)
                .chunk("tRNS", (byte) 255, (byte) 51)
                .pixels(new int[][] {{0, 1}}, 1, 1, false, 0);
        assertThat(Pictures.decode(colours).values()).containsExactly(0.2, 0.2, 0.2, 0.2, 0.2, 0);
    }

    /** Of two nearly equal colours one is called transparent: it turns black. */
    @Test
    void transparentPartsTurnBlack() throws PictureDamage {
        byte[] png = new PngBytes(1, 2, 8, 2, 0)
                .chunk("tRNS", (byte) 0, (byte) 10, (byte) 0, (byte) 20, (byte) 0, (byte) 30)
                .pixels(new int[][] {{10, 20, 30, 10, 20, 31}}, 3, 8, false, 0);
        assertThat(Pictures.decode(png).values()).containsExactly(0, 10 / 255.0, 0, 20 / 255.0, 0, 31 / 255.0);
        byte[] half = new PngBytes(1, 1, 8, 4, 0).pixels(new int[][] {{255, 51}}, 2, 8, false, 0);
        assertThat(Pictures.decode(half).values()).containsExactly(0.2);
    }

    /** The same grey level whatever gamma, chromaticities, profile or text say: libpng gives samples, and so does this. */
    @Test
    void gammaAndProfilesAreNotApplied() throws PictureDamage {
        byte[] png = new PngBytes(1, 1, 8, 0, 0)
                .chunk("gAMA", (byte) 0, (byte) 1, (byte) 0x86, (byte) 0xa0)
                .chunk("cHRM", new byte[32])
                .chunk("iCCP", "grey\0\0no profile".getBytes(StandardCharsets.ISO_8859_1))
                .chunk("tEXt", "Comment\0hello".getBytes(StandardCharsets.ISO_8859_1))
                .pixels(new int[][] {{128}}, 1, 8, false, 0);
        assertThat(Pictures.decode(png).values()).containsExactly(128 / 255.0);
        byte[] profile = Arrays.copyOf("ICC_PROFILE\0\1\1rubbish".getBytes(StandardCharsets.ISO_8859_1), 200);
        assertThat(Pictures.decode(JpegBytes.with(BLUE, 0xe2, profile)).values())
                .isEqualTo(Pictures.decode(BLUE).values());
    }

    /** Blue (40, 90, 200) became (88, 191, 94) without the header that JFIF prescribes and with components 0, 1, 2. */
    @Test
    void coloursDoNotDependOnHeadersThatAreMissing() throws PictureDamage {
        double[] blue = Pictures.decode(BLUE).values();
        assertThat((int) Math.round(blue[0] * 255)).isBetween(38, 42);
        assertThat((int) Math.round(blue[256] * 255)).isBetween(88, 92);
        assertThat((int) Math.round(blue[512] * 255)).isBetween(198, 202);
        byte[] bare = JpegBytes.withoutJfif(BLUE);
        assertThat(Pictures.decode(bare).values()).isEqualTo(blue);
        assertThat(Pictures.decode(JpegBytes.renamed(bare, 0, 1, 2)).values()).isEqualTo(blue);
        assertThat(Pictures.decode(JpegBytes.with(bare, 0xe1, JpegBytes.exif(1, false)))
                        .values())
                .isEqualTo(blue);
        // Called R, G and B they are that: the samples themselves, of which the first is the luma.
        double[] raw = Pictures.decode(JpegBytes.renamed(bare, 'R', 'G', 'B')).values();
        assertThat((int) Math.round(raw[0] * 255)).isBetween(85, 91);
    }

    /** Letters stand for pixels; each stored picture shows, when turned as EXIF defines it, the rows "abc" and "def". */
    @Test
    void everyOrientationIsTurnedUpright() throws PictureDamage {
        String[] stored = {"abc/def", "cba/fed", "fed/cba", "def/abc", "ad/be/cf", "cf/be/ad", "fc/eb/da", "da/eb/fc"};
        for (int i = 0; i < stored.length; i++) {
            String[] rows = stored[i].split("/");
            int[][] samples =
                    Arrays.stream(rows).map(row -> row.chars().toArray()).toArray(int[][]::new);
            for (boolean little : new boolean[] {false, true}) {
                byte[] png = new PngBytes(rows.length, rows[0].length(), 8, 0, 0)
                        .chunk("eXIf", JpegBytes.exifTiff(i + 1, little))
                        .pixels(samples, 1, 8, false, 0);
                Picture upright = Pictures.decode(png);
                StringBuilder seen = new StringBuilder();
                for (double value : upright.values()) {
                    seen.append((char) Math.round(value * 255));
                }
                assertThat(seen.toString()).as("orientation %d", i + 1).isEqualTo("abcdef");
                assertThat(upright.height()).isEqualTo(2);
                assertThat(Pictures.header(png).height()).isEqualTo(2);
                assertThat(Pictures.header(png).width()).isEqualTo(3);
            }
        }
    }

    @Test
    void jpegIsTurnedToo() throws PictureDamage {
        int[] halves = new int[512];
        Arrays.fill(halves, 256, 512, 0xffffff);
        byte[] jpeg = JpegBytes.of(32, 16, halves);
        assertThat(Pictures.decode(jpeg).values()[0]).isLessThan(0.1);
        assertThat(Pictures.decode(JpegBytes.with(jpeg, 0xe1, JpegBytes.exif(3, true)))
                        .values()[0])
                .isGreaterThan(0.9);
        PictureHeader quarter = Pictures.header(JpegBytes.with(jpeg, 0xe1, JpegBytes.exif(6, false)));
        assertThat(quarter.height()).isEqualTo(16);
        assertThat(quarter.width()).isEqualTo(32);
    }

    /** Every bit of a PNG is covered by its signature, a checksum or the end: no damage of one bit passes. */
    @Test
    void noFlippedBitOfAPngPasses() {
        byte[] good = new PngBytes(3, 3, 8, 0, 0)
                .chunk("tEXt", "Title\0x".getBytes(StandardCharsets.ISO_8859_1))
                .pixels(new int[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, 1, 8, false, 0);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Pictures.decode(bad)).as("bit %d", bit).isInstanceOf(PictureDamage.class);
            assertThatThrownBy(() -> Pictures.header(bad)).as("bit %d", bit).isInstanceOf(PictureDamage.class);
        }
        assertDamage(changed(good, 41), "the checksum of its chunk tEXt at byte 33 is wrong");
    }

    @Test
    void noShortenedFilePasses() {
        byte[] png = new PngBytes(3, 3, 8, 0, 0).pixels(new int[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, 1, 8, false, 0);
        for (byte[] good : new byte[][] {png, BLUE}) {
            for (int length = 0; length < good.length; length++) {
                byte[] cut = Arrays.copyOf(good, length);
                assertThatThrownBy(() -> Pictures.decode(cut))
                        .as("%d of %d bytes", length, good.length)
                        .isInstanceOf(PictureDamage.class);
            }
        }
        assertDamage(Arrays.copyOf(BLUE, BLUE.length - 30), "the file ends before the image does; copy it again");
    }

    /** The end is there, but pixels are missing before it: the JDK's decoder makes them up. */
    @Test
    void pixelsMissingBeforeTheEndAreNoticed() {
        int[] noise = new int[64 * 64];
        Arrays.setAll(noise, i -> RandomStream.of(3, "noise").integer(0, i, 1 << 24));
        byte[] good = JpegBytes.of(64, 64, noise);
        byte[] torn = Arrays.copyOf(good, good.length - 400);
        torn[torn.length - 2] = (byte) 0xff;
        torn[torn.length - 1] = (byte) 0xd9;
        assertThatThrownBy(() -> Pictures.decode(torn)).isInstanceOf(PictureDamage.class);
    }

    /** Whatever is in a file, it is a picture or the file's fault. */
    @Test
    void mutatedFilesGiveAPictureOrTheReason() {
        byte[] jpeg = JpegBytes.with(BLUE, 0xe1, JpegBytes.exif(6, true));
        byte[] png = new PngBytes(4, 4, 2, 3, 1).chunk("PLTE", new byte[12]).pixels(new int[4][4], 1, 2, true, 5);
        RandomStream random = RandomStream.of(11, "mutations");
        for (int round = 0; round < 4000; round++) {
            byte[] file = (round % 2 == 0 ? jpeg : png).clone();
            for (int i = 0; i <= round % 5; i++) {
                int place = random.integer(round, 2 * i, file.length);
                file[place] = (byte) random.integer(round, 2 * i + 1, 256);
            }
            try {
                Picture picture = Pictures.decode(file);
                for (double value : picture.values()) {
                    assertThat(value).isBetween(0.0, 1.0);
                }
            } catch (PictureDamage damage) {
                assertThat(damage.reason()).isNotBlank();
            } catch (RuntimeException escaped) {
                fail("round " + round, escaped);
            }
        }
    }

    /** 2^31 - 1 pixels a side need 4e18 floats: nothing of that is allocated. */
    @Test
    void sizesAreCheckedBeforeAnythingIsAllocated() {
        int huge = Integer.MAX_VALUE;
        byte[] png = new PngBytes(huge, huge, 16, 6, 1)
                .chunk("IDAT", PngBytes.deflated(new byte[9]))
                .end();
        assertDamage(png, "pixels are too many for an example, at most 67108864");
        byte[] jpeg = BLUE.clone();
        int frame = JpegBytes.marker(jpeg, 0xc0);
        Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xff);
        assertDamage(jpeg, "65535 x 65535 pixels are too many");
        byte[] few = new PngBytes(100, 100, 8, 0, 0)
                .chunk("IDAT", PngBytes.deflated(new byte[50]))
                .end();
        assertDamage(few, "fewer pixels than its header says");
        byte[] many = new PngBytes(1, 1, 8, 0, 0)
                .chunk("IDAT", PngBytes.deflated(new byte[50]))
                .end();
        assertDamage(many, "more pixels than its header says");
    }

    /** A small file that would take hours to decode. */
    @Test
    void scansAreBounded() {
        int scan = JpegBytes.marker(BLUE, 0xda);
        byte[] one = Arrays.copyOfRange(BLUE, scan, BLUE.length - 2);
        byte[] many = Arrays.copyOf(BLUE, scan + 501 * one.length + 2);
        for (int i = 0; i < 501; i++) {
            System.arraycopy(one, 0, many, scan + i * one.length, one.length);
        }
        many[many.length - 2] = (byte) 0xff;
        many[many.length - 1] = (byte) 0xd9;
        assertDamage(many, "it has more than 500 scans");
    }

    @Test
    void otherKindsAreNamed() {
        assertDamage("GIF89a..........".getBytes(StandardCharsets.US_ASCII), "expected PNG or JPEG, found GIF");
        assertDamage("RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII), "expected PNG or JPEG, found WebP");
        assertDamage(new byte[0], "expected PNG or JPEG, found an empty file");
        assertDamage("not an image".getBytes(StandardCharsets.US_ASCII), "expected PNG or JPEG, found something else");
        byte[] arithmetic = BLUE.clone();
        arithmetic[JpegBytes.marker(arithmetic, 0xc0) + 1] = (byte) 0xc9;
        assertDamage(arithmetic, "a JPEG with arithmetic coding; save it as an ordinary JPEG, or as PNG");
        byte[] inks = BLUE.clone();
        inks[JpegBytes.marker(inks, 0xc0) + 9] = 4;
        assertDamage(inks, "four inks (CMYK); save it as RGB");
        assertDamage(
                new PngBytes(1, 1, 4, 2, 0).pixels(new int[][] {{1, 1, 1}}, 3, 4, false, 0),
                "colour type 2 with 4 bits is none of PNG's");
        assertDamage(
                new PngBytes(1, 1, 8, 0, 0).chunk("ABCD").pixels(new int[1][1], 1, 8, false, 0),
                "its chunk ABCD is unknown, and needed to decode it");
        assertDamage(new PngBytes(1, 1, 1, 3, 0).pixels(new int[1][1], 1, 1, false, 0), "its palette is missing");
        assertDamage(
                new PngBytes(1, 1, 1, 3, 0).chunk("PLTE", new byte[3]).pixels(new int[][] {{1}}, 1, 1, false, 0),
                "a pixel has colour 1 of a palette of 1");
    }

    private static byte[] changed(byte[] good, int place) {
        byte[] bad = good.clone();
        bad[place]++;
        return bad;
    }

    private static void assertDamage(byte[] file, String reason) {
        assertThatThrownBy(() -> Pictures.decode(file))
                .isInstanceOf(PictureDamage.class)
                .hasMessageContaining(reason);
    }
}
