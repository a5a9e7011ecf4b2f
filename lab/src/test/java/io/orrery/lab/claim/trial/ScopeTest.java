package io.orrery.lab.claim.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.claim.Card;
import io.orrery.lab.claim.CardDraft;
import io.orrery.lab.claim.Protocol;
import io.orrery.lab.judge.Kind;
import io.orrery.lab.setup.SpecDocument;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeTest {
    private static final SpecDocument PROTOCOL = Protocol.spec("""
            data: {source: clusters, clusters: 4, perCluster: 20, dimensions: 8, batchSize: 16}
            model: {kind: mlp, widths: [16]}
            optimizer: {kind: sgd, learningRate: 0.1}
            decay: {lambda: 1e-3}
            stop: {steps: 100}
            """);

    private static final Card CARD = new CardDraft("made-up", Kind.EFFECT)
            .free("data", "model", "optimizer", "stop")
            .cause("the width", "model.widths=[1]")
            .quickSeconds(1);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data.order=full             | it changes how gradients are drawn
            data.order=with-replacement | it changes how gradients are drawn
            data.permute=features       | it destroys what neighbouring features tell
            data.imbalance=[9, 9, 2, 3] | it changes the balance of classes
            data.labelNoise=0.1         | it changes what labels say
            data.randomLabels=true      | it takes away what labels say
            data.spread=0               | it changes how far the examples of a class lie apart
            data.perClass=1             | single examples have no spread
            model.normalization=weight  | it changes what decay and gradients act on
            optimizer.learningRate=0    | hardly anything is trained
            optimizer.learningRate=1e-14 | hardly anything is trained
            data.batchSize=80           | larger batches lessen the noise
            stop.steps=0                | training ends earlier
            stop.steps=99               | training ends earlier
            stop.epochs=1               | training ends earlier
            model.widths=[1]            | it alters a cause that the claim names: the width
            model.widths=[15]           | it alters a cause that the claim names: the width
            """)
    void freeBlocksDoNotCoverWhatMakesAnotherQuestion(String assignment, String reason) {
        assertThat(beyond(assignment)).anySatisfy(text -> assertThat(text).contains(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data.batchSize=8",
                "data.perClass=10",
                "data.standardize=per-feature",
                "data.source=xor",
                "optimizer.learningRate=0.05",
                "data.batchSize=8",
                "stop.steps=200",
                "data.order=epochs",
                "data.labelNoise=0"
            })
    void whatLeavesTheQuestionAsItIsStaysFree(String assignment) {
        assertThat(beyond(assignment)).isEmpty();
    }

    @Test
    void whatIsNotFreeIsNamedAsItWasWritten() {
        assertThat(beyond("decay.lambda=0")).containsExactly("decay.lambda=0");
        assertThat(beyond("decay={lambda: 0}")).contains("decay={lambda: 0}");
    }

    private static List<String> beyond(String assignment) {
        Alterations alterations = new Alterations(List.of(assignment), Optional.empty());
        Scope scope = new Scope(CARD, alterations);
        scope.compare(PROTOCOL.spec(), alterations.of(PROTOCOL, CARD).spec());
        return scope.beyond();
    }
}
