package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The long loops are compiled on their own, which the compiler decides by bytes of code: up to FreqInlineSize, 325, hot
 * methods are inlined into their callers, and two loops in one method are too much for it; vectors are then boxed.
 */
class VectorFunctionsSizeTest {
    private static final int INLINED = 325;
    /** About where a single method with this many vector operations began to box. */
    private static final int TOO_LONG = 500;

    @Test
    void onlyShortLoopsCanBeInlined() throws IOException {
        assertThat(namesUpTo(INLINED, codeLengths(FloatVectorFunctions.class)))
                .containsExactlyInAnyOrder("all", "errorFunction", "errorNear");
        assertThat(namesUpTo(INLINED, codeLengths(DoubleVectorFunctions.class)))
                .containsExactlyInAnyOrder(
                        "all", "sigmoid", "sigmoidOfExponential", "tanh", "tanhNear", "errorFunction", "errorNear");
    }

    @Test
    void noLoopIsTooLong() throws IOException {
        assertThat(codeLengths(FloatVectorFunctions.class).values()).allMatch(length -> length < TOO_LONG);
        assertThat(codeLengths(DoubleVectorFunctions.class).values()).allMatch(length -> length < TOO_LONG);
    }

    private static List<String> namesUpTo(int limit, Map<String, Integer> lengths) {
        return lengths.entrySet().stream()
                .filter(method -> method.getValue() <= limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Bytes of code of each method, constructors and initializers apart. */
    private static Map<String, Integer> codeLengths(Class<?> type) throws IOException {
        try (InputStream file = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return ClassFile.of().parse(file.readAllBytes()).methods().stream()
                    .filter(method -> !method.methodName().stringValue().startsWith("<"))
                    .collect(Collectors.toMap(
                            method -> method.methodName().stringValue(), VectorFunctionsSizeTest::codeLength));
        }
    }

    private static int codeLength(MethodModel method) {
        return ((CodeAttribute) method.code().orElseThrow()).codeLength();
    }
}
