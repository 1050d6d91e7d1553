/* The image config that a build would write, and the error that it would stop at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <godockerfile/config.h>

#include "base/slice.h"
#include "build/config.h"
#include "support/assertions.h"
#include "support/counting_allocator.h"

/* ---- a config of a text ---------------------------------------------------------------------- */

typedef struct config_of {
    gdf_options *options;
    gdf_document *document;
    gdf_build *build;
    gdf_config *config;
} config_of;

typedef const char *const option_rows[][2];

static config_of config_of_bytes(gdf_str text, const char *const rows[][2],
                                 const gdf_allocator *allocator)
{
    config_of it = {.options = gdf_options_create(allocator)};
    for (size_t i = 0; it.options && rows && rows[i][0]; i++) {
        gdf_option option = gdf_option_find(rows[i][0], strlen(rows[i][0]));
        gdf_options_set_text(it.options, option, rows[i][1], strlen(rows[i][1]));
    }
    it.document = it.options ? gdf_document_parse(text.ptr, text.len, it.options) : NULL;
    it.build = gdf_build_create(it.document, it.options);
    it.config = gdf_config_create(it.build, it.options);
    return it;
}

static config_of config_with(const char *text, const char *const rows[][2])
{
    config_of it = config_of_bytes(gdf__str(text), rows, NULL);
    assert_non_null(it.config);
    return it;
}

static void config_of_free(config_of *it)
{
    gdf_config_free(it->config);
    gdf_build_free(it->build);
    gdf_document_free(it->document);
    gdf_options_free(it->options);
}

static void assert_list(const config_of *it, gdf_config_field field, const char *const *items)
{
    uint32_t count = 0;
    for (; items[count]; count++)
        assert_slice_is(gdf_config_get_item(it->config, field, count), items[count]);
    assert_int_equal(gdf_config_count_items(it->config, field), count);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})
#define PATH "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* The error of a text; `first` and `last` are the lines of its only place, 0 for none. */
static void assert_error_with(const char *text, const char *const rows[][2], const char *message,
                              uint32_t first, uint32_t last)
{
    config_of it = config_with(text, rows);
    assert_slice_is(gdf_config_get_error(it.config), message);
    assert_int_equal(gdf_config_count_error_places(it.config), first ? 1 : 0);
    assert_int_equal(gdf_config_get_error_first_line(it.config, 0), first);
    assert_int_equal(gdf_config_get_error_last_line(it.config, 0), last);
    assert_int_equal(gdf_config_count_items(it.config, GDF_CONFIG_HISTORY), 0);
    config_of_free(&it);
}

static void assert_error(const char *text, const char *message, uint32_t line)
{
    assert_error_with(text, NULL, message, line, line);
}

static void assert_no_error(const char *text)
{
    assert_error(text, "", 0);
}

/* The last line of the history. */
static void assert_line(const char *text, const char *expected)
{
    config_of it = config_with(text, NULL);
    uint32_t count = gdf_config_count_items(it.config, GDF_CONFIG_HISTORY);
    assert_slice_is(gdf_config_get_error(it.config), "");
    assert_slice_is(gdf_config_get_item(it.config, GDF_CONFIG_HISTORY, count - 1), expected);
    config_of_free(&it);
}

/* ---- the config ------------------------------------------------------------------------------ */

static void a_config_has_what_the_instructions_set(void **state)
{
    (void)state;
    config_of it = config_with("FROM scratch\n"
                               "MAINTAINER someone\n"
                               "ENV A=1 B=two\n"
                               "ENV A=3\n"
                               "LABEL z=1 a=2\n"
                               "WORKDIR srv\n"
                               "WORKDIR app\n"
                               "USER 65532\n"
                               "VOLUME /b /a\n"
                               "EXPOSE 443 80-81/UDP\n"
                               "STOPSIGNAL SIGQUIT\n"
                               "SHELL [\"/bin/bash\", \"-c\"]\n"
                               "ENTRYPOINT [\"/app\"]\n"
                               "CMD serve\n"
                               "ONBUILD RUN x\n",
                               NULL);
    assert_slice_is(gdf_config_get_error(it.config), "");
    assert_true(gdf_config_is_complete(it.config));
    assert_true(gdf_config_is_base_known(it.config));
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_AUTHOR), "someone");
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_OS), "linux");
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_ARCHITECTURE), "amd64");
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_WORKING_DIR), "/srv/app");
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_USER), "65532");
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_STOP_SIGNAL), "SIGQUIT");
    assert_list(&it, GDF_CONFIG_ENV, LIST(PATH, "A=3", "B=two"));
    assert_list(&it, GDF_CONFIG_LABELS, LIST("a", "z"));
    assert_slice_is(gdf_config_get_label_value(it.config, 0), "2");
    assert_list(&it, GDF_CONFIG_VOLUMES, LIST("/a", "/b"));
    assert_list(&it, GDF_CONFIG_EXPOSED_PORTS, LIST("443/tcp", "80/udp", "81/udp"));
    assert_list(&it, GDF_CONFIG_ENTRYPOINT, LIST("/app"));
    assert_list(&it, GDF_CONFIG_CMD, LIST("/bin/bash", "-c", "serve"));
    assert_list(&it, GDF_CONFIG_ON_BUILD, LIST("RUN x"));
    assert_int_equal(gdf_config_get_number(it.config, GDF_CONFIG_ARGS_ESCAPED), 1);
    config_of_free(&it);
}

static void a_health_check_has_its_times(void **state)
{
    (void)state;
    config_of it = config_with("FROM scratch\n"
                               "HEALTHCHECK --interval=1m30s --timeout=1.5s --start-period=2h "
                               "--start-interval=15ms --retries=4 CMD [\"/app\", \"ping\"]\n",
                               NULL);
    assert_list(&it, GDF_CONFIG_HEALTHCHECK_TEST, LIST("CMD", "/app", "ping"));
    assert_int_equal(gdf_config_get_number(it.config, GDF_CONFIG_HEALTHCHECK_INTERVAL),
                     90000000000);
    assert_int_equal(gdf_config_get_number(it.config, GDF_CONFIG_HEALTHCHECK_RETRIES), 4);
    assert_list(&it, GDF_CONFIG_HISTORY,
                LIST("HEALTHCHECK {Test:[CMD /app ping] Interval:1m30s Timeout:1.5s "
                     "StartPeriod:2h0m0s StartInterval:15ms Retries:4}"));
    config_of_free(&it);
}

static void an_entry_point_takes_back_an_inherited_command(void **state)
{
    (void)state;
    config_of it =
        config_with("FROM scratch AS a\nCMD [\"x\"]\nFROM a\nENTRYPOINT [\"e\"]\n", NULL);
    assert_int_equal(gdf_config_count_items(it.config, GDF_CONFIG_CMD), 0);
    config_of_free(&it);
    it = config_with("FROM scratch\nCMD [\"x\"]\nENTRYPOINT [\"e\"]\n", NULL);
    assert_list(&it, GDF_CONFIG_CMD, LIST("x"));
    config_of_free(&it);
}

static void a_stage_inherits_the_image_and_its_history(void **state)
{
    (void)state;
    config_of it = config_with("FROM scratch AS a\nENV V=1\nARG N=2\n"
                               "FROM a AS other\nENV W=1\n"
                               "FROM a\nLABEL l=$V$N\n",
                               NULL);
    assert_list(&it, GDF_CONFIG_ENV, LIST(PATH, "V=1"));
    assert_list(&it, GDF_CONFIG_HISTORY, LIST("ENV V=1", "ARG N=2", "LABEL l=12"));
    config_of_free(&it);
}

/* The builder sets the image's variables again when a child stage begins. */
static void a_child_stage_forgets_an_argument_that_covers_a_variable(void **state)
{
    (void)state;
    assert_line("FROM scratch\nENV V=env\nARG V=arg\nLABEL l=$V\n", "LABEL l=arg");
    assert_line("FROM scratch AS a\nENV V=env\nARG V=arg\nFROM a\nLABEL l=$V\n", "LABEL l=env");
    assert_line("FROM scratch AS a\nARG V=arg\nFROM a\nLABEL l=$V\n", "LABEL l=arg");
}

static void the_target_is_what_counts(void **state)
{
    (void)state;
    const char *text = "FROM scratch AS a\nUSER 1\nFROM scratch AS b\nUSER 2\nRUN [\n";
    config_of it = config_with(text, (option_rows){{"target", "A"}, {NULL, NULL}});
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_USER), "1");
    config_of_free(&it);
    assert_error_with(text, (option_rows){{"target", "aa"}, {NULL, NULL}},
                      "target stage \"aa\" could not be found (did you mean a?)", 0, 0);
}

static void a_target_platform_is_written_into_the_image(void **state)
{
    (void)state;
    config_of it = config_with("FROM scratch\nARG TARGETARCH\nLABEL a=$TARGETARCH\n",
                               (option_rows){{"platform", "linux/arm64"}, {NULL, NULL}});
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_ARCHITECTURE), "arm64");
    assert_slice_is(gdf_config_get_label_value(it.config, 0), "arm64");
    config_of_free(&it);
}

static void windows_has_its_own_shell_and_paths(void **state)
{
    (void)state;
    config_of it = config_with("# escape=`\nFROM --platform=windows/amd64 base\n"
                               "WORKDIR C:\\app\nWORKDIR sub\nCMD x\n",
                               NULL);
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_WORKING_DIR), "\\app\\sub");
    assert_list(&it, GDF_CONFIG_CMD, LIST("cmd", "/S", "/C", "x"));
    assert_int_equal(gdf_config_count_items(it.config, GDF_CONFIG_ENV), 0);
    config_of_free(&it);
}

/* ---- the history ----------------------------------------------------------------------------- */

static void the_history_says_what_each_instruction_did(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"RUN go build  ./...", "RUN /bin/sh -c go build  ./... # buildkit"},
        {"RUN [\"go\", \"build\"]", "RUN go build # buildkit"},
        {"ARG A=1 B\nARG A=2\nRUN x", "RUN |2 A=2 B= /bin/sh -c x # buildkit"},
        {"RUN <<EOF\na\nb\nEOF", "RUN /bin/sh -c a\nb\n # buildkit"},
        {"RUN <<-EOF\n\ta\nEOF", "RUN /bin/sh -c a\n # buildkit"},
        {"RUN <<EOF\n#!/bin/go\nEOF", "RUN /bin/sh -c /dev/pipes/EOF # buildkit"},
        {"RUN cat <<EOF\na\nEOF", "RUN /bin/sh -c cat <<EOF\na\nEOF # buildkit"},
        {"COPY --link --chown=1:2 --chmod=755 go.mod go.su[m] ./",
         "COPY --chown=1:2 --chmod=755 go.mod go.su[m] ./ # buildkit"},
        {"COPY --parents a/b /c/", "COPY --parents a/b /c/ # buildkit"},
        {"COPY <<a <<b c /d/\nx\na\ny\nb", "COPY c <<a <<b /d/ # buildkit"},
        {"ADD https://go.dev/x /y", "ADD https://go.dev/x /y # buildkit"},
        {"ENV A \"b c\"", "ENV A=b c"},
        {"ARG A", "ARG A"},
        {"EXPOSE 81 80", "EXPOSE [80/tcp 81/tcp]"},
        {"VOLUME [\"/b\", \"/a\"]", "VOLUME [/b /a]"},
        {"CMD [\"a\", \"b\\\"\"]", "CMD [\"a\" \"b\\\"\"]"},
        {"WORKDIR ../a/./b", "WORKDIR /a/b"},
        {"HEALTHCHECK NONE",
         "HEALTHCHECK {Test:[NONE] Interval:0s Timeout:0s StartPeriod:0s StartInterval:0s "
         "Retries:0}"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[256];
        int len = snprintf(text, sizeof text, "FROM scratch\n%s\n", CASES[i][0]);
        assert_true(len > 0 && (size_t)len < sizeof text);
        assert_line(text, CASES[i][1]);
    }
}

static void lines_that_make_layers_are_told(void **state)
{
    (void)state;
    config_of it = config_with("FROM scratch\nENV a=b\nCOPY x y\nWORKDIR /\nWORKDIR /a\n", NULL);
    static const int LAYERS[] = {0, 1, 0, 1};
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(gdf_config_is_layer(it.config, i), LAYERS[i]);
    assert_int_equal(gdf_config_is_layer(it.config, 4), 0);
    config_of_free(&it);
}

/* ---- base images ----------------------------------------------------------------------------- */

static const char BASE[] =
    "base="
    "{\"architecture\":\"arm64\",\"os\":\"linux\",\"author\":\"them\",\"rootfs\":{\"x\":[1,{}]},"
    "\"config\":{\"Env\":[\"V=base\",\"U=\\u00fc\"],\"User\":\"app\",\"WorkingDir\":\"/go\","
    "\"Entrypoint\":[\"/init\"],\"Cmd\":null,\"Labels\":{\"from\":\"base\"},"
    "\"ExposedPorts\":{\"80/tcp\":{}},\"Volumes\":{\"/data\":{}},\"Shell\":[\"/bin/bash\",\"-c\"],"
    "\"StopSignal\":\"SIGINT\",\"Healthcheck\":{\"Test\":[\"NONE\"],\"Retries\":2},"
    "\"OnBuild\":[\"ENV T=$V\",\"WORKDIR sub\"]},"
    "\"history\":[{\"created_by\":\"first\",\"empty_layer\":true},{\"created_by\":\"second\"}]}";

static void a_given_image_is_where_a_stage_starts(void **state)
{
    (void)state;
    config_of it =
        config_with("FROM base\nRUN x\n", (option_rows){{"image-config", BASE}, {NULL, NULL}});
    assert_slice_is(gdf_config_get_error(it.config), "");
    assert_true(gdf_config_is_base_known(it.config));
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_ARCHITECTURE), "arm64");
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_USER), "app");
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_WORKING_DIR), "/go/sub");
    assert_list(&it, GDF_CONFIG_ENV, LIST("V=base", "U=\xC3\xBC", PATH, "T=base"));
    assert_list(&it, GDF_CONFIG_ENTRYPOINT, LIST("/init"));
    assert_list(&it, GDF_CONFIG_EXPOSED_PORTS, LIST("80/tcp"));
    assert_list(&it, GDF_CONFIG_HEALTHCHECK_TEST, LIST("NONE"));
    assert_list(
        &it, GDF_CONFIG_HISTORY,
        LIST("first", "second", "ENV T=base", "WORKDIR /go/sub", "RUN /bin/bash -c x # buildkit"));
    assert_int_equal(gdf_config_count_items(it.config, GDF_CONFIG_ON_BUILD), 0);
    assert_list(&it, GDF_CONFIG_IMAGES, LIST("docker.io/library/base:latest"));
    config_of_free(&it);
}

static void an_image_that_is_not_given_sets_nothing(void **state)
{
    (void)state;
    static const char *const NO_CONFIGS[] = {"other={}", "base={", "base=[]x", "base="};
    for (size_t i = 0; i < sizeof NO_CONFIGS / sizeof *NO_CONFIGS; i++) {
        config_of it = config_with("FROM base\n",
                                   (option_rows){{"image-config", NO_CONFIGS[i]}, {NULL, NULL}});
        assert_slice_is(gdf_config_get_error(it.config), "");
        assert_false(gdf_config_is_base_known(it.config));
        assert_list(&it, GDF_CONFIG_ENV, LIST(PATH));
        assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_WORKING_DIR), "");
        config_of_free(&it);
    }
}

static void an_image_that_the_registry_lacks_is_an_error(void **state)
{
    (void)state;
    assert_error_with("FROM golan\n", (option_rows){{"image-config", "golan"}, {NULL, NULL}},
                      "golan: docker.io/library/golan:latest: not found (did you mean golang?)", 1,
                      1);
}

static void only_images_that_the_target_needs_are_asked_for(void **state)
{
    (void)state;
    config_of it = config_with("FROM unused\nFROM b AS b1\nFROM ghcr.io/x/y:1\n"
                               "COPY --from=b1 a b\nCOPY --from=c:2 a b\n"
                               "RUN --mount=from=d,target=/x y\n",
                               NULL);
    assert_list(&it, GDF_CONFIG_IMAGES,
                LIST("docker.io/library/b:latest", "docker.io/library/c:2",
                     "docker.io/library/d:latest", "ghcr.io/x/y:1"));
    config_of_free(&it);
}

/* ---- triggers -------------------------------------------------------------------------------- */

static void triggers_run_in_the_next_stage_alone(void **state)
{
    (void)state;
    config_of it = config_with("FROM scratch AS a\nONBUILD ENV T=$V\nENV V=1\n"
                               "FROM a AS b\nFROM b\n",
                               NULL);
    assert_list(&it, GDF_CONFIG_ENV, LIST(PATH, "V=1", "T=1"));
    assert_list(&it, GDF_CONFIG_HISTORY, LIST("ENV V=1", "ENV T=1"));
    config_of_free(&it);
}

/* A check without a target looks at all stages, but runs triggers in what the target needs. */
static void a_check_runs_the_triggers_that_a_build_runs(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *error;
    } CASES[] = {
        {"FROM scratch AS a\nONBUILD 5\nFROM a\n", "unknown instruction: 5"},
        {"FROM scratch AS a\nONBUILD 5\nFROM a AS b\nFROM scratch\n", ""},
        {"FROM scratch\nEXPOSE x\nFROM scratch\n", "invalid containerPort: x"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        gdf_document *document = gdf_document_parse(CASES[i].text, strlen(CASES[i].text), NULL);
        gdf_build *build = gdf_build_create(document, NULL);
        gdf_config *config = gdf__config_create_for_check(build, NULL);
        assert_slice_is(gdf_config_get_error(config), CASES[i].error);
        gdf_config_free(config);
        gdf_build_free(build);
        gdf_document_free(document);
    }
}

static void heredocs_are_chomped_before_they_are_expanded(void **state)
{
    (void)state;
    assert_error_with("FROM scratch\nCOPY <<-E /x\n\t${\nE\n", NULL,
                      "failed to process \"${\\n\": unsupported modifier (\n) in substitution", 2,
                      4);
    assert_error_with("FROM scratch\nCOPY <<E /x\n\t${\nE\n", NULL,
                      "failed to process \"\\t${\\n\": unsupported modifier (\n) in substitution",
                      2, 4);
}

static void a_bad_trigger_is_refused_where_it_runs(void **state)
{
    (void)state;
    assert_no_error("FROM scratch\nONBUILD FO x\n");
    assert_error("FROM scratch AS a\nONBUILD FO x\nFROM a\n",
                 "unknown instruction: FO (did you mean FROM?)", 3);
    assert_error("FROM scratch AS a\nONBUILD COPY x\nFROM a\n",
                 "COPY requires at least two arguments, but only one was provided. Destination "
                 "could not be determined",
                 3);
    assert_error("FROM scratch AS a\nONBUILD ENV A=\"$V\n\nFROM a\n",
                 "failed to process \"\\\"$V\": unexpected end of statement while looking for "
                 "matching double-quote",
                 4);
}

static void a_trigger_can_need_another_stage(void **state)
{
    (void)state;
    config_of it = config_with("FROM x AS src\nFROM scratch AS a\nONBUILD COPY --from=src p q\n"
                               "FROM a\n",
                               NULL);
    assert_list(&it, GDF_CONFIG_IMAGES, LIST("docker.io/library/x:latest"));
    assert_list(&it, GDF_CONFIG_HISTORY, LIST("COPY p q # buildkit"));
    config_of_free(&it);
}

static void a_trigger_of_an_image_must_be_one_instruction(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"[\"RUN a\\nRUN b\"]", "onbuild trigger should be a single expression"},
        {"[\"FROM x\"]", "*instructions.Stage is not a command type"},
        {"[\"\"]", "file with no instructions"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char option[128];
        snprintf(option, sizeof option, "b={\"config\":{\"OnBuild\":%s}}", CASES[i][0]);
        assert_error_with("FROM b\n", (option_rows){{"image-config", option}, {NULL, NULL}},
                          CASES[i][1], 1, 1);
    }
}

/* ---- errors ---------------------------------------------------------------------------------- */

static void the_error_of_an_earlier_phase_comes_first(void **state)
{
    (void)state;
    assert_error("FROM A\nUSER\n",
                 "dockerfile parse error on line 2: USER requires exactly one argument", 2);
    assert_error("# check=x\nFO\n", "failed to parse check options: invalid check option \"x\"", 0);
    assert_error("FROM $x\nFROM A\n", "base name ($x) should not be blank", 1);
    assert_error("FROM A\nCOPY --from=9 a b\n", "invalid stage index 9", 0);
    assert_error("FROM A\nSTOPSIGNAL x\n",
                 "failed to parse stage name \"A\": invalid reference format: repository name "
                 "(library/A) must be lowercase",
                 1);
}

static void errors_of_instructions_are_the_builders(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"STOPSIGNAL 0", "invalid signal: 0"},
        {"EXPOSE 70000", "invalid containerPort: 70000"},
        {"VOLUME $x", "VOLUME specified can not be an empty string"},
        {"COPY --chmod=u a b", "invalid syntax"},
        {"COPY https://go.dev/x y", "source can't be a URL for COPY"},
        {"COPY git@a:b c", "source can't be a git ref for COPY"},
        {"ADD --checksum=x a b", "checksum requires HTTP(S) or Git sources"},
        {"ADD https://h/r.git?tag=v1&branch=m b", "branch conflicts with tag"},
        {"ADD https://h/r.git?ref=a#b c", "ref conflicts: \"b\" vs \"a\""},
        {"ADD https://h/r.git?mtime=x b",
         "invalid mtime value: \"x\" (must be \"checkout\" or \"commit\")"},
        {"ADD https://h/r.git?subdir=a%2Fb b", ""},
        {"ADD https://h/r.git?ref b", "query \"ref\" has no value"},
        {"ADD https://h/r.git?commit=1&checksum=2#x:y b", ""},
        {"ADD https://h/r.git?ref=a&ref=b b", "query \"ref\" has multiple values"},
        {"RUN --device=x a",
         "device feature is only supported in Dockerfile frontend 1.14.0-labs or later"},
        {"RUN []", "failed to marshal LLB definition: arguments are required"},
        {"USER ${x",
         "failed to process \"${x\": unsupported modifier (\xEF\xBF\xBD) in substitution"},
        {"COPY <<e a\n${x:?no}\ne", "failed to process \"${x:?no}\\n\": x: no"},
        {"COPY <<'e' a\n${x:?no}\ne", ""},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[256];
        snprintf(text, sizeof text, "FROM scratch\n%s\n", CASES[i][0]);
        config_of it = config_with(text, NULL);
        assert_slice_is(gdf_config_get_error(it.config), CASES[i][1]);
        config_of_free(&it);
    }
}

static void errors_of_mounts_depend_on_the_order_of_options(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"target=/x", ""},
        {"type=cache,target=/root/.cache/go-build", ""},
        {"type=secret,id=a,required", ""},
        {"required,type=secret,id=a", "unexpected key 'required' for mount type 'bind'"},
        {"type=tmpfs,size=1g,target=/x", ""},
        {"size=1g,type=tmpfs", "unexpected key 'size' for mount type 'bind'"},
        {"type=cach", "unsupported mount type \"cach\" (did you mean cache?)"},
        {"type=cache,sharing=lock,target=/x",
         "unsupported sharing value \"lock\" (did you mean locked?)"},
        {"type=tmpfs,sharing=shared,target=/x", "invalid cache sharing set for tmpfs mount"},
        {"type=secret", "invalid secret mount. one of source, target required"},
        {"type=secret,source=a,id=b", "both source and id can't be set"},
        {"type=ssh,source=a", "ssh does not support source"},
        {"target=/x,uid=1", "uid not allowed for \"bind\" type mounts"},
        {"type=cache,mode=9,target=/x", "invalid value 9 for mode"},
        {"ro=maybe", "invalid value for ro: maybe"},
        {"src=/", "invalid mount target \"/\""},
        {"tagret=/x", "unexpected key 'tagret' in 'tagret=/x' (did you mean target?)"},
        {"target=$T", "invalid mount target \"/\""},
        {"x", "invalid field 'x' must be a key=value pair"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[256];
        snprintf(text, sizeof text, "FROM scratch\nRUN --mount=%s x\n", CASES[i][0]);
        config_of it = config_with(text, NULL);
        assert_slice_is(gdf_config_get_error(it.config), CASES[i][1]);
        config_of_free(&it);
    }
}

static void stages_must_come_before_what_needs_them(void **state)
{
    (void)state;
    assert_error("FROM scratch AS a\nCOPY --from=b x y\nFROM a AS b\n",
                 "cannot copy from stage \"b\", it needs to be defined before current stage \"a\"",
                 2);
    assert_error(
        "FROM scratch AS a\nRUN --mount=from=b,target=/x y\nFROM a AS b\n",
        "cannot mount from stage \"b\" to \"/x\", stage needs to be defined before current "
        "command",
        2);
    config_of it = config_with("FROM scratch AS a\nCOPY --from=b x y\n"
                               "FROM scratch AS b\nCOPY --from=a x y\n",
                               NULL);
    assert_slice_is(gdf_config_get_error(it.config), "circular dependency detected on stage: a");
    assert_int_equal(gdf_config_count_error_places(it.config), 2);
    assert_int_equal(gdf_config_get_error_first_line(it.config, 0), 2);
    assert_int_equal(gdf_config_get_error_first_line(it.config, 1), 4);
    config_of_free(&it);
}

static void what_the_target_does_not_need_is_not_run(void **state)
{
    (void)state;
    assert_no_error("FROM scratch\nSTOPSIGNAL x\nFROM scratch\n");
    assert_error("FROM scratch\nCOPY --from=$x a b\nFROM scratch\n",
                 "variable expansion is not supported for --from, define a new stage with FROM "
                 "using ARG from global scope as a workaround",
                 0);
}

static void platforms_are_expanded_and_checked(void **state)
{
    (void)state;
    assert_error("ARG ARCH_NAME=amd64\nFROM --platform=linux/$ARCHNAME x\n",
                 "failed to parse platform linux/$ARCHNAME: \"\" is an invalid component of "
                 "\"linux/\": platform specifier component must match \"^[A-Za-z0-9_.-]+$\": "
                 "invalid argument (did you mean ARCH_NAME?)",
                 2);
    assert_error("FROM --platform=$x a\n", "empty platform value from expression $x", 1);
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void json_has_the_members_of_the_specification_in_order(void **state)
{
    (void)state;
    config_of it = config_with("FROM scratch\nLABEL a=\"b\\\"\"\nEXPOSE 1\nCMD [\"x\"]\n"
                               "HEALTHCHECK --timeout=1s CMD y\n",
                               NULL);
    gdf_text *text = gdf_config_render_json(it.config);
    assert_slice_is(
        gdf_text_get(text),
        "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"ExposedPorts\":{\"1/tcp\":{}},"
        "\"Env\":[\"" PATH "\"],\"Cmd\":[\"x\"],\"Healthcheck\":{\"Test\":[\"CMD-SHELL\",\"y\"],"
        "\"Timeout\":1000000000},\"ArgsEscaped\":true,\"WorkingDir\":\"/\",\"Labels\":{\"a\":"
        "\"b\\\"\"}},\"history\":[{\"created_by\":\"LABEL a=b\\\"\",\"empty_layer\":true},"
        "{\"created_by\":\"EXPOSE [1/tcp]\",\"empty_layer\":true},"
        "{\"created_by\":\"CMD [\\\"x\\\"]\",\"empty_layer\":true},"
        "{\"created_by\":\"HEALTHCHECK {Test:[CMD-SHELL y] Interval:0s Timeout:1s StartPeriod:0s "
        "StartInterval:0s Retries:0}\",\"empty_layer\":true}]}");
    gdf_text_free(text);
    config_of_free(&it);
}

static void a_rendered_config_can_be_given_as_a_base(void **state)
{
    (void)state;
    config_of base = config_with("FROM scratch\nENV A=1\nLABEL l=2\nONBUILD ENV B=3\n", NULL);
    gdf_text *json = gdf_config_render_json(base.config);
    char option[1024];
    snprintf(option, sizeof option, "me=%s", gdf_text_get(json).ptr);
    config_of it = config_with("FROM me\n", (option_rows){{"image-config", option}, {NULL, NULL}});
    assert_list(&it, GDF_CONFIG_ENV, LIST(PATH, "A=1", "B=3"));
    assert_list(&it, GDF_CONFIG_HISTORY, LIST("ENV A=1", "LABEL l=2", "ENV B=3"));
    config_of_free(&it);
    gdf_text_free(json);
    config_of_free(&base);
}

/* ---- limits and failures --------------------------------------------------------------------- */

/* Text that grows without bound: the work ends, and says so. */
static void work_out_of_proportion_is_given_up(void **state)
{
    (void)state;
    enum { ROWS = 20000, LENGTH = 12 };
    for (size_t kind = 0; kind < 2; kind++) {
        char *text = malloc((size_t)ROWS * 2 * (LENGTH + 8) + 32);
        assert_non_null(text);
        size_t len = (size_t)sprintf(text, "FROM scratch\n");
        for (int i = 0; i < ROWS; i++) {
            if (kind == 0)
                len += (size_t)sprintf(text + len, "ARG A%05d=\n", i);
            else
                len += (size_t)sprintf(text + len, "EXPOSE 1-65535\n");
        }
        for (int i = 0; i < ROWS && kind == 0; i++)
            len += (size_t)sprintf(text + len, "RUN x\n");
        config_of it = config_of_bytes((gdf_str){text, len}, NULL, NULL);
        assert_non_null(it.config);
        assert_slice_is(gdf_config_get_error(it.config), "");
        assert_false(gdf_config_is_complete(it.config));
        config_of_free(&it);
        free(text);
    }
}

static void nested_json_costs_no_stack(void **state)
{
    (void)state;
    enum { DEPTH = 200000 };
    char *option = malloc(DEPTH + sizeof "base={\"x\":");
    assert_non_null(option);
    size_t len = (size_t)sprintf(option, "base={\"x\":");
    memset(option + len, '[', DEPTH);
    option[len + DEPTH] = '\0';
    config_of it =
        config_with("FROM base\n", (option_rows){{"image-config", option}, {NULL, NULL}});
    assert_false(gdf_config_is_base_known(it.config));
    config_of_free(&it);
    free(option);
}

static const char EVERYTHING[] =
    "ARG G=1\nFROM base AS a\nARG G\nENV A=$G\nONBUILD RUN --mount=type=cache,target=/c x\n"
    "FROM a\nCOPY --from=a <<e b /c/\n$A\ne\nRUN <<-s\n\tx\ns\nEXPOSE 1-3 $A\nVOLUME /a\n"
    "LABEL l=m\nHEALTHCHECK CMD x\nUSER u\nWORKDIR w\nADD https://h/r.git?tag=t x\n"
    "SHELL [\"s\"]\nCMD x\nENTRYPOINT [\"e\"]\nCOPY --from=other x y\nSTOPSIGNAL 9\n";

static bool make_config(const gdf_allocator *allocator, void *context)
{
    (void)context;
    config_of it = config_of_bytes(gdf__str(EVERYTHING),
                                   (option_rows){{"image-config", BASE}, {NULL, NULL}}, allocator);
    gdf_text *json = gdf_config_render_json(it.config);
    bool is_good = json != NULL;
    gdf_text_free(json);
    config_of_free(&it);
    return is_good;
}

static void short_memory_gives_no_config_and_no_leak(void **state)
{
    (void)state;
    assert_true(counting_allocator_try_every_failure(make_config, NULL, false) > 0);
}

static void every_beginning_of_a_file_has_an_answer(void **state)
{
    (void)state;
    for (size_t len = 0; len <= strlen(EVERYTHING); len++) {
        config_of it = config_of_bytes((gdf_str){EVERYTHING, len}, NULL, NULL);
        assert_non_null(it.config);
        config_of_free(&it);
    }
}

static void readers_are_total(void **state)
{
    (void)state;
    assert_null(gdf_config_create(NULL, NULL));
    gdf_config_free(NULL);
    assert_null(gdf_config_render_json(NULL));
    assert_slice_is(gdf_config_get_error(NULL), "");
    assert_int_equal(gdf_config_count_items(NULL, GDF_CONFIG_ENV), 0);
    assert_int_equal(gdf_config_is_complete(NULL), 0);
    assert_slice_is(gdf_config_get_limit(NULL), "");
    config_of it = config_with("FROM scratch\n", NULL);
    assert_slice_is(gdf_config_get_text(it.config, GDF_CONFIG_ENV), "");
    assert_slice_is(gdf_config_get_item(it.config, GDF_CONFIG_USER, 0), "");
    assert_slice_is(gdf_config_get_item(it.config, GDF_CONFIG_ENV, 1), "");
    assert_int_equal(gdf_config_get_number(it.config, GDF_CONFIG_NONE), 0);
    config_of_free(&it);
    assert_string_equal(gdf_config_field_name(GDF_CONFIG_ENV), "Env");
    assert_int_equal(gdf_config_field_find("Env", 3), GDF_CONFIG_ENV);
    assert_int_equal(gdf_config_field_find("env", 3), GDF_CONFIG_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_config_has_what_the_instructions_set),
        cmocka_unit_test(a_health_check_has_its_times),
        cmocka_unit_test(an_entry_point_takes_back_an_inherited_command),
        cmocka_unit_test(a_stage_inherits_the_image_and_its_history),
        cmocka_unit_test(a_child_stage_forgets_an_argument_that_covers_a_variable),
        cmocka_unit_test(the_target_is_what_counts),
        cmocka_unit_test(a_target_platform_is_written_into_the_image),
        cmocka_unit_test(windows_has_its_own_shell_and_paths),
        cmocka_unit_test(the_history_says_what_each_instruction_did),
        cmocka_unit_test(lines_that_make_layers_are_told),
        cmocka_unit_test(a_given_image_is_where_a_stage_starts),
        cmocka_unit_test(an_image_that_is_not_given_sets_nothing),
        cmocka_unit_test(an_image_that_the_registry_lacks_is_an_error),
        cmocka_unit_test(only_images_that_the_target_needs_are_asked_for),
        cmocka_unit_test(triggers_run_in_the_next_stage_alone),
        cmocka_unit_test(a_bad_trigger_is_refused_where_it_runs),
        cmocka_unit_test(a_check_runs_the_triggers_that_a_build_runs),
        cmocka_unit_test(heredocs_are_chomped_before_they_are_expanded),
        cmocka_unit_test(a_trigger_can_need_another_stage),
        cmocka_unit_test(a_trigger_of_an_image_must_be_one_instruction),
        cmocka_unit_test(the_error_of_an_earlier_phase_comes_first),
        cmocka_unit_test(errors_of_instructions_are_the_builders),
        cmocka_unit_test(errors_of_mounts_depend_on_the_order_of_options),
        cmocka_unit_test(stages_must_come_before_what_needs_them),
        cmocka_unit_test(what_the_target_does_not_need_is_not_run),
        cmocka_unit_test(platforms_are_expanded_and_checked),
        cmocka_unit_test(json_has_the_members_of_the_specification_in_order),
        cmocka_unit_test(a_rendered_config_can_be_given_as_a_base),
        cmocka_unit_test(work_out_of_proportion_is_given_up),
        cmocka_unit_test(nested_json_costs_no_stack),
        cmocka_unit_test(short_memory_gives_no_config_and_no_leak),
        cmocka_unit_test(every_beginning_of_a_file_has_an_answer),
        cmocka_unit_test(readers_are_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
