package io.orrery.lab.data;

import java.util.ArrayList;
import java.util.List;

/** Collects, while a source loads, which files it read and what became of what it found. */
final class FilesRead {
    private final List<SourceFile> files = new ArrayList<>();
    private final List<Ledger.Entry> entries = new ArrayList<>();

    void add(SourceFile file) {
        files.add(file);
    }

    void add(Ledger.Entry entry) {
        entries.add(entry);
    }

    List<SourceFile> files() {
        return List.copyOf(files);
    }

    Ledger ledger() {
        return new Ledger(entries);
    }
}
