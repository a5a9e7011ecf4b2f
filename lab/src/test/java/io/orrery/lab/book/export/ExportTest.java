package io.orrery.lab.book.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.instrument.Measurement;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExportTest {
    private static final List<RecordedRun> RUNS = List.of(
            new RecordedRun(
                    "s",
                    "id1",
                    4,
                    Map.of("model.widths", "[3, 4]"),
                    "{}",
                    Map.of(),
                    List.of(
                            Measurement.of(0, "loss", "loss", "", "train", 0.1),
                            new Measurement(2, "rank", "spectrum", "layers.0", "", List.of(1e-7, Double.NaN))),
                    Optional.empty()),
            new RecordedRun("s", "id2", 5, Map.of(), "{}", Map.of(), List.of(), Optional.empty()));

    @Test
    void csvHasOneLinePerNumber() throws IOException {
        StringWriter out = new StringWriter();
        MeasurementCsv.write(RUNS, out);
        assertThat(out).hasToString("""
                        study,run,seed,model.widths,step,instrument,quantity,layer,split,index,value
                        s,id1,4,"[3, 4]",0,loss,loss,,train,0,0.1
                        s,id1,4,"[3, 4]",2,rank,spectrum,layers.0,,0,1.0E-7
                        s,id1,4,"[3, 4]",2,rank,spectrum,layers.0,,1,NaN
                        """);
    }

    @Test
    void jsonHasOneLinePerMeasurement() throws IOException {
        StringWriter out = new StringWriter();
        MeasurementJsonLines.write(RUNS, out);
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
