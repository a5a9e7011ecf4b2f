package io.orrery.lab.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.data.file.Ledger.Entry;
import io.orrery.lab.data.file.Ledger.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Entry MIXED = new Entry(
            "/photos",
            "files",
            1200,
            1196,
            List.of(new Reason(1, "a link that points at nothing: a.png")),
            List.of(new Reason(3, ".gif is not read")),
            List.of("turned as EXIF says: 2"));

    @Test
    void whatIsFoundIsUsedRefusedOrLeftOut() {
        assertThatThrownBy(
                        () -> new Entry("/t.csv", "rows", 10, 7, List.of(), List.of(new Reason(2, "blank")), List.of()))
                .hasMessage("/t.csv: 10 rows found, but 7 used + 0 refused + 2 left out");
        assertThat(Entry.all("/t.csv", "rows", 10).used()).isEqualTo(10);
    }

    @Test
    void peopleReadSumsAndReasons() {
        assertThat(Ledger.EMPTY.plus(MIXED).plus(Entry.all("/t.csv", "rows", 2)).lines())
                .containsExactly(
                        "/photos: 1,200 files found = 1,196 used + 1 refused + 3 left out",
                        "  refused 1: a link that points at nothing: a.png",
                        "  left out 3: .gif is not read",
                        "  turned as EXIF says: 2",
                        "/t.csv: 2 rows found = 2 used + 0 refused + 0 left out");
    }

    @Test
    void programsReadTheSame() {
        assertThat(Ledger.EMPTY.plus(MIXED).json().write()).isEqualTo("""
                        [{"source":"/photos","unit":"files","found":1200,"used":1196,\
                        "refused":[{"count":1,"why":"a link that points at nothing: a.png"}],\
                        "leftOut":[{"count":3,"why":".gif is not read"}],"remarks":["turned as EXIF says: 2"]}]""");
    }

    @Test
    void filesHaveAPartForProgramsAndANameForPeople() {
        List<SourceFile> files = List.of(
                new SourceFile("data.file", "t.csv", "/a/t.csv", "00"),
                new SourceFile("data.testFile", "t.csv", "/b/t.csv", "11"));
        assertThat(SourceFile.byKey(files)).containsEntry("data.file", "00").containsEntry("data.testFile", "11");
        assertThat(SourceFile.byName(files)).containsEntry("t.csv", "00").containsEntry("t.csv (2)", "11");
    }
}
