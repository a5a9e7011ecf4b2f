package io.orrery.lab.data.image;

import io.orrery.lab.UserError;
import io.orrery.lab.data.file.DataFile;
import io.orrery.lab.data.picture.Picture;
import io.orrery.lab.data.picture.PictureDamage;
import io.orrery.lab.data.picture.PictureHeader;
import io.orrery.lab.data.picture.Pictures;
import java.io.IOException;
import java.nio.file.Path;

/** Reads PNG and JPEG files; what is wrong with one is said with its name. */
final class ImageFile {
    /** Far above what the largest picture allowed takes. */
    private static final int MOST_BYTES = 1 << 29;

    private ImageFile() {}

    /**
     * What a file's header promises.
     *
     * @throws UserError with the file's name if it is no readable image
     */
    static PictureHeader header(Path path) {
        return DataFile.read(path, file -> decoded(file, Pictures::header)).value();
    }

    /**
     * Decodes a file.
     *
     * @throws UserError with the file's name if it is no readable image
     */
    static DataFile.Read<Picture> read(Path path) {
        return DataFile.read(path, file -> decoded(file, Pictures::decode));
    }

    private interface Decoding<T> {
        T of(byte[] bytes) throws PictureDamage;
    }

    private static <T> T decoded(DataFile file, Decoding<T> decoding) throws IOException {
        byte[] bytes = file.content().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new UserError(file.path() + ": more than " + MOST_BYTES + " bytes are too many for an image");
        }
        try {
            return decoding.of(bytes);
        } catch (PictureDamage damage) {
            throw new UserError(file.path() + ": " + damage.reason(), damage);
        }
    }
}
