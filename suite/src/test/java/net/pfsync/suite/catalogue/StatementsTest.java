package net.pfsync.suite.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.pfsync.yaml.YamlMap;
import org.junit.jupiter.api.Test;

/** Nothing that the sources say about the protocol was forgotten: each statement has a requirement or a reason why not. */
class StatementsTest {

    private static final Catalogue CATALOGUE = Catalogue.load();

    /** How many statements the sections of BEHAVIOUR have; 15 has a gap between requester, sender and version 6. */
    private static final Map<Integer, Integer> BEHAVIOUR = new TreeMap<>(Map.ofEntries(
            Map.entry(2, 20),
            Map.entry(3, 6),
            Map.entry(4, 5),
            Map.entry(5, 4),
            Map.entry(6, 5),
            Map.entry(7, 18),
            Map.entry(8, 15),
            Map.entry(9, 10),
            Map.entry(10, 3),
            Map.entry(11, 11),
            Map.entry(12, 7),
            Map.entry(13, 4),
            Map.entry(14, 11),
            Map.entry(16, 5),
            Map.entry(17, 8),
            Map.entry(18, 5),
            Map.entry(19, 4),
            Map.entry(20, 30),
            Map.entry(21, 6)));

    private static final List<String> BULK = List.of(
            "15.1", "15.2", "15.3", "15.4", "15.5", "15.10", "15.11", "15.12", "15.13", "15.14", "15.15", "15.20",
            "15.21");
    private static final List<String> ROWS =
            List.of("12 insert", "12 update", "12 request", "12 delete", "12 frame sent");
    private static final List<String> DEFECTS = List.of(
            "F1.1", "F1.2", "F1.3", "F1.4", "F2.4", "F2.5", "F2.6", "F2.7", "F2.8", "F2.9", "F2.10", "F3.11", "F3.12",
            "F3.13", "F3.14", "F4.15", "F4.16", "F5");
    private static final int FIELD = 50;

    private static List<YamlMap> statements() throws IOException {
        try (InputStream in = Catalogue.class.getResourceAsStream("/fixtures/statements.yaml")) {
            return YamlMap.listIn("statements.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void everyStatementIsAnsweredOnce() throws IOException {
        List<String> wanted = new ArrayList<>(BULK);
        BEHAVIOUR.forEach((section, count) -> {
            for (int number = 1; number <= count; number++) {
                wanted.add(section + "." + number);
            }
        });
        for (int row = 1; row <= FIELD; row++) {
            wanted.add("E " + row);
        }
        wanted.addAll(ROWS);
        wanted.addAll(DEFECTS);

        assertThat(statements())
                .extracting(statement -> statement.text("statement"))
                .containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void everyAnswerIsARequirementOrAReason() throws IOException {
        for (YamlMap statement : statements()) {
            statement.allow(Set.of("statement", "requirements", "reason"));
            String name = statement.text("statement");
            assertThat(statement.has("requirements") || statement.has("reason"))
                    .as(name)
                    .isTrue();
            if (statement.has("requirements")) {
                assertThat(statement.texts("requirements"))
                        .as(name)
                        .isNotEmpty()
                        .doesNotHaveDuplicates()
                        .allMatch(id -> CATALOGUE.find(id).isPresent());
            }
            if (statement.has("reason")) {
                assertThat(statement.text("reason")).as(name).hasSizeGreaterThan(10);
            }
        }
    }
}
