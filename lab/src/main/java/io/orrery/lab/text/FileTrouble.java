package io.orrery.lab.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written, in words: many exceptions of Java say only the name of the file. */
public final class FileTrouble {
    private FileTrouble() {}

    /** For instance {@code permission denied}. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException existing -> existing.getFile() + " is a file, not a folder";
            case NoSuchFileException _ -> "there is no such file";
            case FileSystemException system when system.getReason() != null -> plain(system.getReason());
            default -> plain(String.valueOf(failure.getMessage()));
        };
    }

    private static String plain(String reason) {
        return reason.equals("Is a directory") ? "it is a folder, not a file" : reason;
    }
}
