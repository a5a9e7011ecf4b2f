package io.orrery.lab.file;

import io.orrery.lab.text.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether what a file holds is what was written. */
public final class Checksum {
    /** The key under which a file of JSON records the checksum of the rest. */
    public static final String KEY = "sha256";

    private Checksum() {}

    /** SHA-256 in hex of the canonical text of a JSON value: keys sorted, no spaces, UTF-8. */
    public static String sha256(Json json) {
        try {
            byte[] bytes = json.sorted().write().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
