package io.orrery.lab.data.file;

import io.orrery.lab.UserError;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongConsumer;

/** What a packed file may unpack to: a few bytes can be packed so that they fill any disk or memory. */
record UnpackedBound(Path path, long most) implements LongConsumer {
    @Override
    public void accept(long count) {
        if (count > most) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: unpacks to more than %,d MB; if that is right, allow more with data.unpackedMegabytes, or unpack it",
                    path,
                    most / 1_000_000));
        }
    }
}
