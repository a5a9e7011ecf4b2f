package io.orrery.lab.book.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.UserError;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.observe.Measurement;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final List<ExportedRun> RUNS = List.of(
            ExportedRun.of(new RecordedRun(
                    "s",
                    "id1",
                    4,
                    Map.of("model.widths", "[3, 4]"),
                    "{}",
                    Map.of(),
                    List.of(
                            Measurement.of(0, "loss", "loss", "", "train", 0.1),
                            new Measurement(2, "rank", "spectrum", "layers.0", "", List.of(1e-7, Double.NaN))),
                    Optional.empty())),
            ExportedRun.of(new RecordedRun("s", "id2", 5, Map.of(), "{}", Map.of(), List.of(), Optional.empty())));

    @Test
    void csvHasOneLinePerNumber() throws IOException {
        StringWriter out = new StringWriter();
        MeasurementCsv.write(RUNS, out, fail());
        assertThat(out).hasToString("""
                        study,run,seed,model.widths,step,instrument,quantity,layer,split,index,value
                        s,id1,4,"[3, 4]",0,loss,loss,,train,0,0.1
                        s,id1,4,"[3, 4]",2,rank,spectrum,layers.0,,0,1.0E-7
                        s,id1,4,"[3, 4]",2,rank,spectrum,layers.0,,1,NaN
                        """);
    }

    private static java.util.function.Consumer<UserError> fail() {
        return damaged -> {
            throw damaged;
        };
    }

    @Test
    void aDamagedRunIsNamedAndTheOthersAreWritten() throws IOException {
        ExportedRun damaged = new ExportedRun("s", "id0", 3, Map.of(), _ -> {
            throw new UserError("the log is damaged");
        });
        List<String> omitted = new java.util.ArrayList<>();
        StringWriter out = new StringWriter();
        MeasurementCsv.write(List.of(damaged, RUNS.getFirst()), out, how -> omitted.add(how.getMessage()));
        assertThat(out.toString().lines()).hasSize(4).noneMatch(line -> line.contains("id0"));
        StringWriter json = new StringWriter();
        MeasurementJsonLines.write(List.of(damaged, RUNS.getFirst()), json, how -> omitted.add(how.getMessage()));
        assertThat(json.toString().lines()).hasSize(2).noneMatch(line -> line.contains("id0"));
        assertThat(omitted).containsExactly("the log is damaged", "the log is damaged");
    }

    @Test
    void jsonHasOneLinePerMeasurement() throws IOException {
        StringWriter out = new StringWriter();
        MeasurementJsonLines.write(RUNS, out, fail());
        String head = "{\"study\":\"s\",\"run\":\"id1\",\"seed\":4,\"setting\":{\"model.widths\":\"[3, 4]\"},";
        assertThat(out.toString().lines())
                .containsExactly(
                        head
                                + "\"step\":0,\"instrument\":\"loss\",\"quantity\":\"loss\",\"layer\":\"\",\"split\":\"train\","
                                + "\"values\":[0.1]}",
                        head + "\"step\":2,\"instrument\":\"rank\",\"quantity\":\"spectrum\",\"layer\":\"layers.0\","
                                + "\"split\":\"\",\"values\":[1E-7,null]}");
    }
}
