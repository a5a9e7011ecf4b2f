package io.orrery.engine.kernel;

/** How a length is divided among the parts of a kernel call: in whole blocks, so that parts cut no tile. */
final class Shares {
    private Shares() {}

    /** Where a part begins; that of {@code parts} is the length itself. Parts may be empty. */
    static int begin(int length, int block, int part, int parts) {
        int blocks = (length + block - 1) / block;
        return (int) Math.min(length, (long) blocks * part / parts * block);
    }
}
