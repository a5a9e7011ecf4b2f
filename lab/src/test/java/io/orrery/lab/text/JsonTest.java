package io.orrery.lab.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void writesObjectsArraysTextsAndNumbersOnOneLine() {
        Json json = Json.object()
                .put("event", "finished")
                .put("steps", 3)
                .put("loss", 0.5)
                .put("whole", 2.0)
                .put("tiny", 1e-4)
                .put("bad", Double.NaN)
                .put("far", Double.NEGATIVE_INFINITY)
                .put("done", true)
                .put("list", Json.array(List.of(Json.number(1), Json.text("a\"b\\c\n\u0001é😀"))));
        assertThat(json.write())
                .isEqualTo("{\"event\":\"finished\",\"steps\":3,\"loss\":0.5,\"whole\":2,\"tiny\":1E-4,\"bad\":null,"
                        + "\"far\":null,\"done\":true,\"list\":[1,\"a\\\"b\\\\c\\n\\u0001é😀\"]}");
        assertThat(Json.parse(json.write())).isEqualTo(json);
    }

    @Test
    void sortsKeysAtEveryDepth() {
        assertThat(Json.parse("{\"b\":[{\"d\":1,\"c\":2}],\"a\":null}").sorted().write())
                .isEqualTo("{\"a\":null,\"b\":[{\"c\":2,\"d\":1}]}");
    }

    @Test
    void everyDoubleReadsBackToTheSameBits() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                Json.Number read = (Json.Number) Json.parse(Json.number(value).write());
                assertThat(Double.doubleToRawLongBits(read.asDouble())).isEqualTo(Double.doubleToRawLongBits(value));
            }
        }
        assertThat(Json.number(-0.0).write()).isEqualTo("-0");
    }

    @Test
    void readsEscapesAndWhiteSpace() {
        assertThat(Json.parse(" { \"a\\u00e9\\/\\t\" : [ ] , \"b\":{ } }\n ").write())
                .isEqualTo("{\"aé/\\t\":[],\"b\":{}}");
    }

    @Test
    void refusesWhatIsNotJson() {
        assertThatThrownBy(() -> Json.parse("{\"a\":1,}"))
                .hasMessage("expected a key in double quotes at character 7, found '}'");
        assertThatThrownBy(() -> Json.parse("{\"a\":1,\"a\":2}")).hasMessageContaining("the key \"a\" stands twice");
        assertThatThrownBy(() -> Json.parse("[1 2]")).hasMessage("expected ']' at character 3, found '2'");
        assertThatThrownBy(() -> Json.parse("01")).hasMessage("expected the end of the text at character 1, found '1'");
        assertThatThrownBy(() -> Json.parse("\"a"))
                .hasMessage("expected a closing double quote at character 2, found the end");
        assertThatThrownBy(() -> Json.parse("\"\\u12g4\"")).hasMessageContaining("four hexadecimal digits");
        assertThatThrownBy(() -> Json.parse("nul")).hasMessageContaining("expected a value");
        assertThatThrownBy(() -> Json.parse("")).hasMessageContaining("expected a value");
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000))).hasMessageContaining("nested");
    }

    @Test
    void nearestNamesAreFoundAndFarOnesAreNot() {
        List<String> names = List.of("learningRate", "momentum", "neural-collapse", "kind");
        assertThat(Nearest.to("learning_rate", names)).contains("learningRate");
        assertThat(Nearest.to("momentun", names)).contains("momentum");
        assertThat(Nearest.to("neural", names)).contains("neural-collapse");
        assertThat(Nearest.to("knid", names)).contains("kind");
        assertThat(Nearest.to("batch", names)).isEmpty();
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
    }

    @Test
    void yamlOfAnObjectQuotesWhatWouldBeReadOtherwise() {
        Json.Fields fields = Json.object()
                .put("name", "a study")
                .put("flag", "no")
                .put("digits", "12")
                .put("list", Json.array(List.of(Json.number(0.1), Json.number(2))))
                .put("block", Json.object().put("x", 1).put("empty", Json.object()));
        assertThat(Yaml.write(fields)).isEqualTo("""
                        name: a study
                        flag: "no"
                        digits: "12"
                        list: [0.1, 2]
                        block:
                          x: 1
                          empty: {}
                        """);
    }
}
