package io.orrery.lab.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.engine.graph.Shape;
import io.orrery.lab.UserError;
import io.orrery.lab.data.set.Dataset;
import io.orrery.lab.data.source.Majority;
import io.orrery.lab.model.Layered;
import io.orrery.lab.model.Network;
import io.orrery.lab.model.layer.Dense;
import io.orrery.lab.model.layer.Embedding;
import io.orrery.lab.train.TestSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCheckTest {
    private static void check(Dataset data, int vocabulary) {
        TestSpec spec = new TestSpec();
        spec.architecture = new Layered(List.of(new Embedding(vocabulary, 2, true), new Dense(3)), false);
        TokenCheck.check(Network.of(spec.model(), data.exampleShape(), 3), data);
    }

    @Test
    void tokensOfTheVocabularyAreTaken() {
        assertThatCode(() -> check(new Majority(10, 10, 5).load(1), 3)).doesNotThrowAnyException();
    }

    @Test
    void aTokenBeyondItIsRefused() {
        // The blank is token 2.
        assertThatThrownBy(() -> check(new Majority(10, 10, 5).load(1), 2))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("the tokens 0 to 1, but train example 0 holds 2.0 at position 5");
    }

    @Test
    void realNumbersAreRefused() {
        assertThatThrownBy(() -> check(TestSpec.clusters(3, 9, Shape.of(4), 0.1, 1), 3))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("train example 0 holds ");
    }
}
