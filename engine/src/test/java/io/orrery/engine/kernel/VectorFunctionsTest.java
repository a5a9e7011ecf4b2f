package io.orrery.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import jdk.incubator.vector.Vector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In a long loop the compiler no longer inlines methods of ours, only the vector classes' own: one that takes or returns a
 * vector would then box it, at a tenth of the speed.
 */
class VectorFunctionsTest {
    @ParameterizedTest
    @ValueSource(classes = {FloatVectorFunctions.class, DoubleVectorFunctions.class})
    void noMethodPassesVectors(Class<?> type) {
        assertThat(type.getDeclaredMethods())
                .filteredOn(VectorFunctionsTest::passesVectors)
                .isEmpty();
    }

    private static boolean passesVectors(Method method) {
        return Stream.concat(Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()))
                .anyMatch(Vector.class::isAssignableFrom);
    }
}
