package io.orrery.lab.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.claim.trial.Alterations;
import io.orrery.lab.claim.trial.ClaimReference;
import io.orrery.lab.claim.trial.ClaimRunner;
import io.orrery.lab.compute.Computation;
import io.orrery.lab.compute.Evaluation;
import io.orrery.lab.compute.Parameter;
import io.orrery.lab.compute.Setting;
import io.orrery.lab.examine.Examination;
import io.orrery.lab.instrument.Instruments;
import io.orrery.lab.judge.Outcome;
import io.orrery.lab.observe.Instrument;
import io.orrery.lab.setup.SpecDocument;
import io.orrery.lab.setup.StudyPlan;
import io.orrery.lab.study.StudyListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ClaimsTest {
    @TempDir
    Path book;

    static List<Claim> claims() {
        return Claims.all();
    }

    static Stream<Claim> trained() {
        return claims().stream()
                .filter(claim -> claim.protocol(Scale.QUICK).arms().stream()
                        .allMatch(arm -> arm.work() instanceof EvidenceSource.Training));
    }

    @Test
    void theFamilyIsTheFolder() {
        assertThat(Claims.named("neural-collapse").family()).isEqualTo("collapse");
        assertThat(Claims.families()).contains("bounds", "collapse", "grokking", "rho");
        assertThat(Claims.families().stream().flatMap(family -> Claims.ofFamily(family).stream()))
                .containsExactlyInAnyOrderElementsOf(Claims.all());
        assertThatThrownBy(() -> Claims.ofFamily("colapse"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no family of claims 'colapse'; did you mean 'collapse'?");
    }

    @Test
    void idsAreDifferentAndSayableOnACommandLine() {
        List<String> ids = Claims.all().stream().map(claim -> claim.card().id()).toList();

        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void aProtocolHasEnoughSeedsAndAControlAndCanBeRun(Claim claim) {
        for (Scale scale : Scale.values()) {
            Protocol protocol = claim.protocol(scale);
            assertThat(protocol.seeds()).isGreaterThanOrEqualTo(5);
            assertThat(protocol.arms().stream().map(Arm::name)).doesNotHaveDuplicates();
            for (Arm arm : protocol.arms()) {
                switch (arm.work()) {
                    case EvidenceSource.Training(SpecDocument spec) ->
                        assertThat(spec.study(Instruments.names()).runs()).isNotEmpty();
                    case EvidenceSource.Computing(Computation computation, Setting setting) ->
                        assertThat(new Evaluation(computation, 1, setting).id()).hasSize(12);
                    case EvidenceSource.Examining(Examination examination, Setting setting, List<At> _) ->
                        assertThat(setting.values().keySet())
                                .containsExactlyInAnyOrderElementsOf(examination.parameters().stream()
                                        .map(Parameter::name)
                                        .toList());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("claims")
    void everyCauseCanBeTakenAwayAsTheCardSays(Claim claim) {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        for (Cause cause : claim.card().causes()) {
            if (!cause.removal().isEmpty()) {
                assertThat(runner.count(claim, Scale.QUICK, new Alterations(cause.removal(), Optional.empty())))
                        .as(cause.text())
                        .isPositive();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("trained")
    void aProtocolThatAUserMakesShorterCanStillBeRun(Claim claim) {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        Alterations shorter = new Alterations(List.of("stop.steps=50"), Optional.empty());
        for (Scale scale : Scale.values()) {
            assertThat(runner.plan(claim, scale, shorter).runs())
                    .isNotEmpty()
                    .allSatisfy(run -> assertThat(run.spec().measure().at()).allMatch(look -> look <= 50));
        }
    }

    @Test
    void aLookThatAUserAsksForAfterTheEndIsStillRefused() {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        Alterations late = new Alterations(List.of("stop.steps=50", "measure.at=[60]"), Optional.of("1-1"));

        assertThatThrownBy(() -> runner.run(Claims.named("sgd-noise"), Scale.QUICK, late, StudyListener.SILENT))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("there is no step 60");
    }

    @ParameterizedTest
    @MethodSource("claims")
    void aCardNamesInstrumentsThatThereAre(Claim claim) {
        assertThat(Instruments.all().stream().map(Instrument::name).toList())
                .containsAll(claim.card().instruments());
    }

    @ParameterizedTest
    @MethodSource("claims")
    void aCardIsComplete(Claim claim) {
        Card card = claim.card();

        assertThat(List.of(card.statement(), card.literature(), card.source(), card.why(), card.control()))
                .noneMatch(String::isBlank);
        assertThat(card.quickSeconds()).isBetween(0.0, 60.0);
    }

    @ParameterizedTest
    @MethodSource("claims")
    void nothingMeasuredLeavesAClaimOpen(Claim claim) {
        for (Scale scale : Scale.values()) {
            Judgement judgement = claim.judge(ClaimReference.nothing(claim, scale));
            assertThat(judgement.verdict().outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        }
    }

    @Test
    void aClaimMayBeAskedForByTheNumberOfItsPrediction() {
        assertThatThrownBy(() -> Claims.named("p22")).hasMessageContaining("did you mean 'neural-collapse'?");
        assertThatThrownBy(() -> Claims.named("zzz")).hasMessage("there is no claim 'zzz'; 'orrery claims' shows all");
    }

    @Test
    void anUnknownClaimIsRefusedWithTheNearest() {
        assertThatThrownBy(() -> Claims.named("neural-colapse"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("neural-collapse");
    }

    @Test
    void whatTwoArmsShareIsRunOnce() {
        ClaimRunner runner = new ClaimRunner(book, 1, Map.of());
        Claim claim = Claims.named("neural-collapse");

        StudyPlan plain = runner.plan(claim, Scale.QUICK, Alterations.NONE);
        StudyPlan same = runner.plan(claim, Scale.QUICK, new Alterations(List.of("decay.lambda=0"), Optional.empty()));

        assertThat(plain.runs()).hasSize(30);
        assertThat(same.runs()).hasSize(10);
    }

    @Test
    void whatAUserChangesBeyondTheFreeKeysIsNamed() {
        Alterations changed = new Alterations(List.of("model.widths=[8]", "decay.lambda=0"), Optional.empty());

        assertThat(changed.beyond(Claims.named("neural-collapse").card())).containsExactly("decay.lambda=0");
    }
}
