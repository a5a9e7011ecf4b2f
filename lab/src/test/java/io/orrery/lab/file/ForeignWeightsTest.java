package io.orrery.lab.file;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForeignWeightsTest {
    @ParameterizedTest
    @CsvSource({
        "model.pt, 504b0304, a PyTorch file (zip): save the state_dict with safetensors.torch.save_file",
        "arrays.npz, 504b0304, a NumPy archive (npz)",
        "model.h5, 894844460d0a1a0a, a HDF5 file (Keras)",
        "w.npy, 934e554d5059, a NumPy file",
        "w.gguf, 47475546, a GGUF file",
        "w.safetensors.gz, 1f8b, a gzip file: unpack it",
        "old.pth, 8002, a Python pickle"
    })
    void otherFormatsAreCalledByTheirNames(String name, String hex, String found) {
        byte[] beginning = Arrays.copyOf(java.util.HexFormat.of().parseHex(hex), 8);
        assertThatThrownBy(() -> ForeignWeights.refuse(Path.of(name), beginning))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(name + ": expected a safetensors file, found " + found);
    }

    @Test
    void otherBytesAreLeftToTheReader() {
        assertThatCode(() -> ForeignWeights.refuse(Path.of("x"), "whatever".getBytes(StandardCharsets.UTF_8)))
                .doesNotThrowAnyException();
    }
}
