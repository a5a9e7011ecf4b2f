package io.orrery.lab.model.layer;

/**
 * Where a layer says what is wrong with its settings.
 *
 * @param path the dotted key of the layer, such as model.layers[2]
 * @param problems takes what does not hold
 */
public record LayerCheck(String path, Problems problems) {
    /** Takes the key and the message of what does not hold. */
    @FunctionalInterface
    public interface Problems {
        /** A problem of a dotted key. */
        void add(String key, String message);
    }

    /** Says that a key of the layer is wrong unless something holds. */
    public void require(boolean holds, String key, String message) {
        if (!holds) {
            problems.add(path + "." + key, message);
        }
    }

    /** A number of units or channels: 1 or more. */
    void width(String key, int width) {
        require(width >= 1, key, "expected 1 or more in each layer, found " + width);
    }

    /** A square window: kernel and stride at least 1, less padding than the kernel covers. */
    void window(int kernel, int stride, int padding) {
        require(kernel >= 1, "kernel", "expected 1 or more, found " + kernel);
        require(stride >= 1, "stride", "expected 1 or more, found " + stride);
        require(
                padding >= 0 && (padding < Math.max(kernel, 1)),
                "padding",
                "expected 0 to kernel - 1 = " + (kernel - 1) + ", found " + padding);
    }

    /** The check of a layer within this one. */
    LayerCheck inner(String key, int index) {
        return new LayerCheck(path + "." + key + "[" + index + "]", problems);
    }
}
