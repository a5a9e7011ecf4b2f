package io.orrery.lab.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orrery.lab.UserError;
import io.orrery.lab.data.file.Ledger;
import io.orrery.lab.data.source.CsvBuilder;
import io.orrery.lab.data.table.CsvFormat.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the first line is taken for the columns' names, by what stands in it and below it. */
class CsvHeaderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Words above numbers, in all columns or some.
                "named | a,b,kind / 1,2,x / 3,4,y",
                "named | id,1990,1991,kind / 1,2,3,x / 4,5,6,y",
                // A missing number in the first row is no name.
                "rows  | NA,2,x / 1,2,x / 3,4,y / 5,6,y",
                // Numbers above numbers: the label's cell decides.
                "named | 400,450,species / 1,2,x / 3,4,x / 5,6,y / 7,8,y",
                "named | 400,450,class / 1,2,0 / 3,4,1",
                "named | 0,1,2 / 5,6,1 / 7,8,0 / 9,9,1 / 5,5,0",
                "rows  | 1,2,x / 3,4,x / 5,6,y / 7,8,y",
                "rows  | 1,2,z / 3,4,x / 5,6,y / 7,8,y",
                "rows  | 5,1,7 / 0,3,1 / 2,4,7",
                "rows  | 0,1,3 / 5,6,1 / 7,8,0 / 9,9,1 / 5,5,0",
                // pandas writes an index without a name.
                "named | ,a,kind / 0,2,x / 1,4,y",
            })
    void theFirstLine(String expected, String table) throws IOException {
        List<String> lines = List.of(table.split(" / "));
        CsvBuilder csv = csv(String.join("\n", lines) + "\n").missing(CsvFormat.Missing.LEAVE_OUT);
        Ledger.Entry entry = csv.load().ledger().entries().getFirst();
        assertThat(entry.found()).isEqualTo(expected.strip().equals("named") ? lines.size() - 1 : lines.size());
        assertThat(entry.remarks().getFirst())
                .contains(expected.strip().equals("named") ? "the first line names the columns" : "no line names");
    }

    @Test
    void whatTheSpecSaysIsBelieved() throws IOException {
        String text = "1,2,3\n4,5,6\n7,8,9\n";
        assertThat(csv(text).load().train().count()).isEqualTo(3);
        assertThat(csv(text).header(Header.PRESENT).load().train().count()).isEqualTo(2);
        assertThat(csv(text).header(Header.ABSENT).load().train().count()).isEqualTo(3);
        // A name that is a number.
        assertThat(csv(text).label("2").load().train().inputs().doubles()).containsExactly(4, 6, 7, 9);
    }

    @Test
    void aRowWithABrokenNumberIsNotTakenForNames() throws IOException {
        assertThatThrownBy(() -> csv("1,4#,x\n3,4,y\n5,6,x\n").load())
                .isInstanceOf(UserError.class)
                .hasMessageContaining(
                        "t.csv:1: \"4#\" is no number, though all below are, and other cells of this line are");
    }

    private CsvBuilder csv(String text) throws IOException {
        return CsvBuilder.of(Files.writeString(folder.resolve("t.csv"), text));
    }
}
