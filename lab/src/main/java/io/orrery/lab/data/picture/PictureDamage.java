package io.orrery.lab.data.picture;

import java.io.Serial;

/** Bytes that are no picture, or one that is not read; the message says why and what to do, without the file's name. */
public final class PictureDamage extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    PictureDamage(String reason) {
        super(reason);
    }

    PictureDamage(String reason, Throwable cause) {
        super(reason, cause);
    }

    /** Why the picture is not read. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
