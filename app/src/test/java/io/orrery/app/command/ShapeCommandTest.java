package io.orrery.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.theory.shape.SlidingLayer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ShapeCommandTest {
    @Test
    void layersAndWhatTheyLeaveOut() {
        assertThat(ShapeCommand.layer("conv:kernel=5,stride=2,padding=1,dilation=3"))
                .isEqualTo(new SlidingLayer(SlidingLayer.Kind.CONV, 5, 2, 1, 3, 0));
        assertThat(ShapeCommand.layer("pool:kernel=2"))
                .isEqualTo(new SlidingLayer(SlidingLayer.Kind.POOL, 2, 2, 0, 1, 0));
        assertThat(ShapeCommand.layer("transposed:stride=2,extra=1"))
                .isEqualTo(new SlidingLayer(SlidingLayer.Kind.TRANSPOSED, 3, 2, 0, 1, 1));
        assertThat(ShapeCommand.sides("32x24")).containsExactly(32, 24);
        assertThat(ShapeCommand.sides("28")).containsExactly(28, 28);
    }

    /** 28 - 5 + 4 + 1 = 28, halved, and by (14 - 1) 2 + 4 - 2 to 28 again. */
    @Test
    void aChain() {
        String shown = shown(
                "shape", "28x14", "conv:kernel=5,padding=2", "pool:kernel=2", "transposed:kernel=4,stride=2,padding=1");
        assertThat(shown.lines().map(line -> line.strip().split(" +")[1]))
                .containsExactly("OUTPUT", "28x14", "28x14", "14x7", "28x14");
    }

    @Test
    void aChainAsJson() {
        assertThat(shown("shape", "--json", "9x7", "conv").strip())
                .isEqualTo("{\"layer\":\"conv\",\"height\":7,\"width\":5}");
    }

    private static String shown(String... arguments) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream caught = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            System.setOut(caught);
            assertThat(Orrery.commandLine(arguments).execute(arguments)).isZero();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsWrongIsNamed() {
        refused("cnov", "cnov: there is no layer 'cnov'; did you mean 'conv'?");
        refused("conv:kernal=3", "conv:kernal=3: there is no key 'kernal'; did you mean 'kernel'?");
        refused("conv:kernel", "conv:kernel: expected KEY=NUMBER, found 'kernel'");
        refused("conv:kernel=big", "expected a whole number for kernel, found 'big'");
        refused("conv:kernel=-1", "expected at least 0 for kernel, found -1");
        refused("conv:stride=0", "expected a stride of at least 1, found 0");
        refused("conv:stride=1,stride=2", "stride is given twice");
        assertThatThrownBy(() -> ShapeCommand.sides("1x2x3"))
                .isInstanceOf(UserError.class)
                .hasMessage("expected a size such as 28 or 32x24, found '1x2x3'");
        assertThatThrownBy(() -> ShapeCommand.sides("0")).hasMessageContaining("expected at least 1");
    }

    private static void refused(String layer, String message) {
        assertThatThrownBy(() -> ShapeCommand.layer(layer))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(message);
    }
}
