package io.orrery.engine.plan;

/**
 * A stretch of memory.
 *
 * @param storage position in the plan's list of storages
 * @param offset first element
 * @param length elements
 */
public record Buffer(int storage, int offset, int length) {
    /** The stretch of the given length that starts so many elements into this one. */
    public Buffer part(int start, int size) {
        return new Buffer(storage, offset + start, size);
    }

    /**
     * Whether it lies in the working memory of a call. There the offset counts within the block of rows or images at work,
     * while the length stays that of the whole array, though only the block's part of it has memory.
     */
    public boolean isLocal() {
        return storage == Storages.LOCAL;
    }

    /** Whether the two have memory in common. */
    public boolean overlaps(Buffer other) {
        return storage == other.storage && offset < other.offset + other.length && other.offset < offset + length;
    }

    @Override
    public String toString() {
        return "s" + storage + "+" + offset + ":" + length;
    }
}
