package io.orrery.app.report.part;

import io.orrery.app.report.html.Html;
import io.orrery.app.report.series.GridPoint;
import io.orrery.app.report.series.StudyData;
import io.orrery.lab.UserError;
import io.orrery.lab.book.RecordedRun;
import io.orrery.lab.setup.SpecText;

/** The resolved spec of every setting, ready to be saved and run again. */
public final class SpecPart {
    private SpecPart() {}

    /** The specs of the runs. */
    public static String html(StudyData data) {
        StringBuilder html = new StringBuilder();
        for (GridPoint setting : data.settings()) {
            RecordedRun run = setting.runs().getFirst();
            String id = "spec-" + setting.index();
            boolean single = data.settings().size() == 1;
            html.append(single ? "" : "<details><summary>" + Html.escape(setting.label()) + "</summary>")
                    .append("<p><button type=\"button\" data-save=\"")
                    .append(id)
                    .append("\" data-name=\"")
                    .append(Html.escape(name(run.study(), setting)))
                    .append("\">Save as a file</button></p><pre id=\"")
                    .append(id)
                    .append("\">")
                    .append(Html.escape(yaml(run)))
                    .append("</pre>")
                    .append(single ? "\n" : "</details>\n");
        }
        return html.toString();
    }

    /** The file name under which the page offers the spec of a setting. */
    public static String name(String study, GridPoint setting) {
        String name = Html.anchor(study);
        return (name.isEmpty() ? "study" : name) + (setting.values().isEmpty() ? "" : "-" + (setting.index() + 1))
                + ".yaml";
    }

    /** YAML as in spec files; a spec that this version cannot read stays as it was recorded. */
    private static String yaml(RecordedRun run) {
        try {
            return SpecText.yaml(SpecText.read(run.spec(), run.id()));
        } catch (UserError unreadable) {
            return run.spec();
        }
    }
}
