package io.orrery.lab.file;

import io.orrery.lab.UserError;
import java.nio.file.Path;
import java.util.Arrays;

/** Files of weights in other formats, told by their first bytes, with what makes a safetensors file of them. */
final class ForeignWeights {
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final byte[] NUMPY = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final byte[] GGUF = {'G', 'G', 'U', 'F'};
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    /** Protocol 2 and later, whose first bytes say so. */
    private static final byte PICKLE = (byte) 0x80;

    private ForeignWeights() {}

    /**
     * Says which format it is, if it is one that is known.
     *
     * @param beginning the file's first eight bytes
     * @throws UserError if it is one
     */
    static void refuse(Path file, byte[] beginning) {
        if (begins(beginning, ZIP)) {
            throw other(
                    file,
                    String.valueOf(file.getFileName()).endsWith(".npz")
                            ? "NumPy archive (npz): save its arrays with safetensors.numpy.save_file"
                            : "PyTorch file (zip): save the state_dict with safetensors.torch.save_file");
        }
        if (begins(beginning, HDF5)) {
            throw other(
                    file, "HDF5 file (Keras): save its arrays under PyTorch's names with safetensors.numpy.save_file");
        }
        if (begins(beginning, NUMPY)) {
            throw other(file, "NumPy file: save its arrays with safetensors.numpy.save_file");
        }
        if (begins(beginning, GGUF)) {
            throw other(file, "GGUF file: save the state_dict with safetensors.torch.save_file");
        }
        if (begins(beginning, GZIP)) {
            throw other(file, "gzip file: unpack it");
        }
        if (beginning[0] == PICKLE && beginning[1] >= 2 && beginning[1] <= 5) {
            throw other(
                    file,
                    "Python pickle, as PyTorch wrote before 1.6: load it and save the state_dict with"
                            + " safetensors.torch.save_file");
        }
    }

    private static boolean begins(byte[] bytes, byte[] mark) {
        return Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
    }

    private static UserError other(Path file, String format) {
        return new UserError(file + ": expected a safetensors file, found a " + format);
    }
}
