import java.io.File;
import java.lang.reflect.Proxy;
import java.util.List;

import org.omegat.core.Core;
import org.omegat.core.data.IProject;
import org.omegat.core.data.ProjectProperties;
import org.omegat.gui.glossary.GlossaryEntry;
import org.omegat.gui.glossary.GlossaryReaderCSV;
import org.omegat.gui.glossary.GlossaryReaderTBX;
import org.omegat.gui.glossary.GlossaryReaderTSV;
import org.omegat.util.Language;
import org.omegat.util.RuntimePreferences;

/** Prints what OmegaT's own readers find in glossaries: file, source, target, between tabs. */
public class Glossaries {
    public static void main(String[] names) throws Exception {
        RuntimePreferences.setConfigDir(names[0]);
        ProjectProperties languages = new ProjectProperties(new File(names[0]));
        languages.setSourceLanguage(new Language("es-MX"));
        languages.setTargetLanguage(new Language("en-US"));
        Core.setProject((IProject) Proxy.newProxyInstance(Glossaries.class.getClassLoader(),
                new Class<?>[] { IProject.class },
                (proxy, method, args) -> method.getName().equals("getProjectProperties") ? languages : null));
        for (int i = 1; i < names.length; i++) {
            File file = new File(names[i]);
            for (GlossaryEntry entry : read(file)) {
                for (String target : entry.getLocTerms(false)) {
                    System.out.println(file.getName() + "\t" + entry.getSrcText() + "\t" + target);
                }
            }
        }
    }

    static List<GlossaryEntry> read(File file) throws Exception {
        if (file.getName().endsWith(".tbx")) {
            return GlossaryReaderTBX.read(file, false);
        }
        return file.getName().endsWith(".csv") ? GlossaryReaderCSV.read(file, false) : GlossaryReaderTSV.read(file, false);
    }
}
