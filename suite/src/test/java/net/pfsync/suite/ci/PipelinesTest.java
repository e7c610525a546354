package net.pfsync.suite.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import groovy.lang.GroovyClassLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pfsync.labs.Programs.Ran;
import net.pfsync.release.Release;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files for build servers: they are of the form that the servers read, and each of their shell steps is run here, with doubles of the suite. */
class PipelinesTest {

    private static final Map<String, String> RELEASES = Map.of("RELEASES", "reference-v5 openbsd-7.6");
    private static final String[] GITHUB_SHELL = {"bash", "-e"};
    private static final String[] GITLAB_SHELL = {"bash", "-eo", "pipefail"};
    private static final Set<String> GITHUB_STEP =
            Set.of("name", "id", "if", "uses", "with", "run", "env", "shell", "continue-on-error", "timeout-minutes");
    private static final Set<String> GITHUB_JOB =
            Set.of("runs-on", "timeout-minutes", "steps", "needs", "strategy", "env", "permissions", "if");
    private static final Set<String> GITHUB_TOP =
            Set.of("name", "on", "permissions", "concurrency", "env", "jobs", "defaults");
    private static final Set<String> GITLAB_JOB =
            Set.of("stage", "image", "timeout", "cache", "script", "artifacts", "needs", "rules", "variables", "when");
    private static final Pattern JENKINS_SHELL = Pattern.compile("sh '''(.*?)'''|sh '([^']*)'", Pattern.DOTALL);

    @TempDir
    private Path directory;

    private Workplace workplace;

    @BeforeEach
    void prepare() {
        workplace = new Workplace(directory);
    }

    private static String text(String name) {
        try {
            return Files.readString(Workplace.ci().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> yaml(String name) {
        return map(new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(text(name)));
    }

    private static Map<String, Object> map(Object node) {
        assertThat(node).isInstanceOf(Map.class);
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) node).forEach((key, value) -> map.put((String) key, value));
        return map;
    }

    private static List<Map<String, Object>> steps() {
        List<Map<String, Object>> steps = new ArrayList<>();
        map(yaml("github-actions.yml").get("jobs")).values().forEach(job -> {
            assertThat(GITHUB_JOB).containsAll(map(job).keySet());
            ((List<?>) map(job).get("steps")).forEach(step -> steps.add(map(step)));
        });
        return steps;
    }

    private static List<String> gitlabScripts() {
        List<String> scripts = new ArrayList<>();
        gitlabJobs().values().forEach(job -> {
            List<String> lines = new ArrayList<>();
            ((List<?>) job.get("script")).forEach(line -> lines.add((String) line));
            scripts.add(String.join("\n", lines) + "\n");
        });
        return scripts;
    }

    private static Map<String, Map<String, Object>> gitlabJobs() {
        Map<String, Map<String, Object>> jobs = new LinkedHashMap<>();
        yaml("gitlab-ci.yml").forEach((name, job) -> {
            if (!Set.of("stages", "variables").contains(name)) {
                jobs.put(name, map(job));
            }
        });
        return jobs;
    }

    private static List<String> jenkinsScripts() {
        List<String> scripts = new ArrayList<>();
        Matcher matcher = JENKINS_SHELL.matcher(text("Jenkinsfile"));
        while (matcher.find()) {
            scripts.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return scripts;
    }

    @Test
    void theWorkflowOfGitHubHasStepsOfTheFormThatItReads() {
        assertThat(GITHUB_TOP).containsAll(yaml("github-actions.yml").keySet());
        assertThat(steps()).isNotEmpty().allSatisfy(step -> {
            assertThat(GITHUB_STEP).containsAll(step.keySet());
            assertThat(step.containsKey("run") ^ step.containsKey("uses"))
                    .as("either run or uses")
                    .isTrue();
        });
        assertThat(steps())
                .extracting(step -> step.get("uses"))
                .filteredOn(uses -> uses != null)
                .allSatisfy(uses -> assertThat((String) uses).matches("actions/[a-z-]+@v[0-9]+"));
    }

    @Test
    void theJobsOfGitLabAreInItsStages() {
        Object stages = yaml("gitlab-ci.yml").get("stages");
        assertThat(gitlabJobs()).isNotEmpty().allSatisfy((name, job) -> {
            assertThat(GITLAB_JOB).containsAll(job.keySet());
            assertThat(stages).asInstanceOf(InstanceOfAssertFactories.LIST).contains(job.get("stage"));
            assertThat(map(job.get("artifacts"))).containsKey("paths");
        });
    }

    @Test
    void theJenkinsfileIsGroovy() {
        CompilationUnit unit = new CompilationUnit(new GroovyClassLoader());
        unit.addSource("Jenkinsfile", text("Jenkinsfile"));
        unit.compile(Phases.CONVERSION);

        assertThat(unit.getAST().getModules()).hasSize(1);
        assertThat(jenkinsScripts()).hasSize(2);
    }

    @Test
    void allOfThemCheckEveryRelease() {
        List<String> names = Release.all().stream().map(Release::name).toList();
        for (String file : List.of("github-actions.yml", "gitlab-ci.yml", "Jenkinsfile")) {
            Matcher matcher =
                    Pattern.compile("RELEASES(?::| =) '?([a-z0-9. -]+)'?\n").matcher(text(file));
            assertThat(matcher.find()).as(file).isTrue();
            assertThat(matcher.group(1).split(" ", -1)).as(file).containsExactlyElementsOf(names);
        }
    }

    private void runGitHub(Map<String, String> environment, int expected) throws Exception {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.put("GITHUB_STEP_SUMMARY", workplace.file("summary.md").toString());
        for (Map<String, Object> step : steps()) {
            if (step.get("run") instanceof String script) {
                boolean check = script.contains("ci/pipeline");
                Ran ended = workplace.run(script, all, GITHUB_SHELL);
                assertThat(ended.exit()).as(script + ended.output()).isEqualTo(check ? expected : 0);
            }
        }
    }

    private void requireEveryReleaseChecked() {
        assertThat(workplace.calls())
                .containsExactly(
                        "setup",
                        "pfsync check --release reference-v5 --report public/reference-v5 --against baseline --shard"
                                + " 1/1",
                        "pfsync check --release openbsd-7.6 --report public/openbsd-7.6 --against baseline --shard 1/1",
                        "pfsync matrix public/reference-v5 public/openbsd-7.6 --output public/matrix.html");
        assertThat(workplace.file("public/index.html"))
                .content()
                .contains("reference-v5/summary.html", "openbsd-7.6/summary.html", "matrix.html");
    }

    @Test
    void gitHubChecksAndPublishes() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/jq")), "the machine has no jq; those of GitHub do");
        runGitHub(RELEASES, 0);

        requireEveryReleaseChecked();
        assertThat(workplace.file("summary.md")).content().contains("- **openbsd-7.6**: double, 1 met, 0 not\n");
    }

    @Test
    void gitLabChecksAndPublishes() throws Exception {
        for (String script : gitlabScripts()) {
            Ran ended = workplace.run(script, RELEASES, GITLAB_SHELL);
            assertThat(ended.exit()).as(script + ended.output()).isZero();
        }

        requireEveryReleaseChecked();
    }

    @Test
    void jenkinsChecksAndPublishes() throws Exception {
        for (String script : jenkinsScripts()) {
            Ran ended = workplace.run(script.strip() + "\n", RELEASES, "bash", "-e");
            assertThat(ended.exit()).as(script + ended.output()).isZero();
        }

        requireEveryReleaseChecked();
    }

    @Test
    void aChangeInOneReleaseFailsThePipelineAfterAllAreChecked() throws Exception {
        Map<String, String> environment = new LinkedHashMap<>(RELEASES);
        environment.put("EXIT_reference_v5", "1");
        environment.put("EXIT_openbsd_7_6", "5");

        Ran gitlab = workplace.run(gitlabScripts().get(0), environment, GITLAB_SHELL);

        assertThat(gitlab.exit()).isOne();
        requireEveryReleaseChecked();
        assertThat(workplace
                        .run(jenkinsScripts().get(1).strip(), environment, "bash", "-e")
                        .exit())
                .isOne();
        for (Map<String, Object> step : steps()) {
            if (step.get("run") instanceof String script && script.contains("ci/pipeline")) {
                assertThat(workplace.run(script, environment, GITHUB_SHELL).exit())
                        .isOne();
            }
        }
    }

    @Test
    void aReportThatCouldNotBeWrittenIsWorstAndLeftOutOfTheMatrix() throws Exception {
        Ran ended = workplace.run(
                "ci/pipeline public unwritten openbsd-7.6\n", Map.of("EXIT_openbsd_7_6", "1"), "bash", "-e");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(workplace.calls()).last().isEqualTo("pfsync matrix public/openbsd-7.6 --output public/matrix.html");
    }

    @Test
    void withoutReleasesThePipelineSaysWhatItNeeds() throws Exception {
        Ran ended = workplace.run("ci/pipeline public\n", Map.of(), "bash", "-e");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.output())
                .isEqualTo("pipeline: say where and what: ci/pipeline DIR RELEASE..., for example ci/pipeline public"
                        + " reference-v5 openbsd-7.6\n");
    }

    @Test
    void shellcheckHasNothingToSay() throws Exception {
        Path shellcheck = Path.of("/usr/bin/shellcheck");
        assumeTrue(Files.exists(shellcheck), "the machine has no shellcheck");
        List<String> scripts = new ArrayList<>(gitlabScripts());
        scripts.addAll(jenkinsScripts());
        steps().forEach(step -> {
            if (step.get("run") instanceof String script) {
                scripts.add(script);
            }
        });
        scripts.add(text("pipeline"));
        for (String script : scripts) {
            Ran ended = workplace.run(
                    script.strip() + "\n", Map.of("RELEASES", "x"), shellcheck.toString(), "--shell=bash");
            assertThat(ended.output()).as(script).isEmpty();
        }
    }
}
