/* lib/shell: heredocs, wrappers, `set`, and texts that no shell accepts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/shell_dump.h"

#define check(cases) shell_check_cases((cases), sizeof(cases) / sizeof(cases)[0])

static void heredoc_bodies_are_data(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"cat <<EOF >x\na $(b) \"\nEOF\nc", "- cat <<[EOF] >[x] @0-12\n"
                                            "; c @26-27\n"},
        {"cat <<-\"E F\" && a\n\t\tx\n\tE F\nb", "- cat <<-[E F]' @0-12\n"
                                                 "&& a @16-17\n"
                                                 "; b @27-28\n"},
        {"cat <<A <<B\n1\nA\n2\nB\nc", "- cat <<[A] <<[B] @0-11\n"
                                       "; c @20-21\n"},
        {"cat <<EOF", "- cat <<[EOF] @0-9\n"
                      "chain\n"},
        {"echo $(cat <<EOF\n)\nEOF\n) a", "- echo [$(cat <<EOF\n"
                                          ")\n"
                                          "EOF\n"
                                          ")]! [a] @0-26\n"
                                          "  - cat <<[EOF] @7-16 ^1 substitution\n"
                                          "chain\n"},
    };
    check(cases);
}

static void wrappers_are_looked_through(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"sudo apt-get install -y x", "- sudo [apt-get] [install] [-y] [x] @0-25 wrapper\n"
                                      "  - apt-get [install] [-y] [x] @5-25 ^1 wrapped\n"
                                      "chain\n"},
        {"sudo -u bob -E A=1 go build",
         "- sudo [-u] [bob] [-E] env:A=1 [go] [build] @0-27 wrapper\n"
         "  - env:A=1 go [build] @15-27 ^1 wrapped\n"
         "chain\n"},
        {"env -i -u X CGO_ENABLED=0 go build",
         "- env [-i] [-u] [X] env:CGO_ENABLED=0 [go] [build] @0-34 wrapper\n"
         "  - env:CGO_ENABLED=0 go [build] @12-34 ^1 wrapped\n"
         "chain\n"},
        {"env", "- env @0-3\n"
                "chain\n"},
        {"exec go run .", "- exec [go] [run] [.] @0-13 wrapper\n"
                          "  - go [run] [.] @5-13 ^1 wrapped\n"
                          "chain\n"},
        {"command -v go && command go build", "- command [-v] [go] @0-13\n"
                                              "&& command [go] [build] @17-33 wrapper\n"
                                              "  - go [build] @25-33 ^2 wrapped\n"
                                              "chain\n"},
        {"timeout -s 9 10 nice -n 5 ionice -c2 -n 0 go build",
         "- timeout [-s] [9] [10] [nice] [-n] [5] [ionice] [-c2] [-n] [0] [go] [build] @0-50 "
         "wrapper\n"
         "  - nice [-n] [5] [ionice] [-c2] [-n] [0] [go] [build] @16-50 ^1 wrapped wrapper\n"
         "    - ionice [-c2] [-n] [0] [go] [build] @26-50 ^2 wrapped wrapper\n"
         "      - go [build] @42-50 ^3 wrapped\n"
         "chain\n"},
        {"time -p go build", "- time [-p] [go] [build] @0-16 wrapper\n"
                             "  - go [build] @8-16 ^1 wrapped\n"
                             "chain\n"},
        {"nohup a >x &", "- nohup [a] >[x] @0-10 wrapper\n"
                         "  - a >[x] @6-10 ^1 wrapped\n"},
        {"ls | xargs -n1 -I {} -P 4 rm -f {}",
         "- ls @0-2\n"
         "| xargs [-n1] [-I] [{}] [-P] [4] [rm] [-f] [{}] @5-34 wrapper\n"
         "  - rm [-f] [{}] @26-34 ^2 wrapped\n"},
        {"su - bob -s /bin/bash -c \"go build; x\"",
         "- su [-] [bob] [-s] [/bin/bash] [-c] [go build; x]' @0-38 wrapper\n"
         "  - go [build] @26-34 ^1 wrapped\n"
         "  ; x @36-37 ^1 wrapped\n"
         "chain\n"},
        {"runuser -u bob -- a b", "- runuser [-u] [bob] [--] [a] [b] @0-21 wrapper\n"
                                  "  - a [b] @18-21 ^1 wrapped\n"
                                  "chain\n"},
        {"gosu bob a && su-exec bob:bob b && chroot /mnt c",
         "- gosu [bob] [a] @0-10 wrapper\n"
         "  - a @9-10 ^1 wrapped\n"
         "&& su-exec [bob:bob] [b] @14-31 wrapper\n"
         "  - b @30-31 ^3 wrapped\n"
         "&& chroot [/mnt] [c] @35-48 wrapper\n"
         "  - c @47-48 ^5 wrapped\n"
         "chain\n"},
        {"sh -c 'a && b'", "- sh [-c] [a && b]' @0-14 wrapper\n"
                           "  - a @7-8 ^1 wrapped\n"
                           "  && b @12-13 ^1 wrapped\n"
                           "chain\n"},
        {"bash -euxo pipefail -c \"a | b\" name",
         "- bash [-euxo] [pipefail] [-c] [a | b]' [name] @0-35 wrapper\n"
         "  - a @24-25 ^1 wrapped\n"
         "  | b @28-29 ^1 wrapped\n"
         "chain\n"},
        {"/bin/sh -ec \"a \\\"b c\\\" \\$d\"", "- /bin/sh [-ec] [a \"b c\" $d]' @0-27 wrapper\n"
                                               "  - a [b c]' [$d]$ @13-26 ^1 wrapped\n"
                                               "chain\n"},
        {"sh -c \"a $x && b\"", "- sh [-c] [a $x && b]'$ @0-17 wrapper\n"
                                "  - a [$x]$ @7-11 ^1 wrapped\n"
                                "  && b @15-16 ^1 wrapped\n"
                                "chain\n"},
        {"sh -c \"$(a)\"", "- sh [-c] [$(a)]'! @0-12\n"
                           "  - a @9-10 ^1 substitution\n"
                           "chain\n"},
        {"sh script.sh -c a", "- sh [script.sh] [-c] [a] @0-17\n"
                              "chain\n"},
        {"eval \"a b\" && eval c d", "- eval [a b]' @0-10 wrapper\n"
                                     "  - a [b] @6-9 ^1 wrapped\n"
                                     "&& eval [c] [d] @14-22 wrapper\n"
                                     "  - c [d] @19-22 ^3 wrapped\n"
                                     "chain\n"},
        {"find . -name x -exec rm {} \\; -exec sh -c 'a \"$1\"' _ {} +",
         "- find [.] [-name] [x] [-exec] [rm] [{}] [;]' [-exec] [sh] [-c] [a \"$1\"]' [_] [{}] [+] "
         "@0-57 wrapper\n"
         "  - rm [{}] @21-26 ^1 wrapped\n"
         "  - sh [-c] [a \"$1\"]' [_] [{}] @36-55 ^1 wrapped wrapper\n"
         "    - a [$1]'$ @43-49 ^3 wrapped\n"
         "chain\n"},
        {"find . -exec a", "- find [.] [-exec] [a] @0-14\n"
                           "chain\n"},
        {"sudo sh -c \"sudo a\"", "- sudo [sh] [-c] [sudo a]' @0-19 wrapper\n"
                                  "  - sh [-c] [sudo a]' @5-19 ^1 wrapped wrapper\n"
                                  "    - sudo [a] @12-18 ^2 wrapped wrapper\n"
                                  "      - a @17-18 ^3 wrapped\n"
                                  "chain\n"},
        {"sudo a $(b) c", "- sudo [a] [$(b)]! [c] @0-13 wrapper\n"
                          "  - a [$(b)]! [c] @5-13 ^1 wrapped\n"
                          "  - b @9-10 ^1 substitution\n"
                          "chain\n"},
        {"$sudo a && 'sudo' b && \\sudo c", "- $sudo$ [a] @0-7\n"
                                            "&& sudo' [b] @11-19 wrapper\n"
                                            "  - b @18-19 ^2 wrapped\n"
                                            "&& sudo' [c] @23-30 wrapper\n"
                                            "  - c @29-30 ^4 wrapped\n"
                                            "chain\n"},
        {"busybox wget x", "- busybox [wget] [x] @0-14 wrapper\n"
                           "  - wget [x] @8-14 ^1 wrapped\n"
                           "chain\n"},
        {"sh -c $'a\\nb'", "- sh [-c] [a\n"
                           "b]' @0-13 wrapper\n"
                           "  - a~ @6-13 ^1 wrapped\n"
                           "  ; b~ @6-13 ^1 wrapped\n"
                           "chain\n"},
        {"sh -c 'a'\"b\"c", "- sh [-c] [abc]' @0-13 wrapper\n"
                            "  - abc~ @7-13 ^1 wrapped\n"
                            "chain\n"},
    };
    check(cases);
}

static void leading_set_commands_are_noticed(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"set -e; a", "- set [-e] @0-6\n"
                      "; a @8-9\n"
                      "errexit\n"},
        {"set -eux && a", "- set [-eux] @0-8\n"
                          "&& a @12-13\n"
                          "errexit\n"
                          "chain\n"},
        {"set -euo pipefail; a | b", "- set [-euo] [pipefail] @0-17\n"
                                     "; a @19-20\n"
                                     "| b @23-24\n"
                                     "errexit\n"
                                     "pipefail\n"},
        {"set -o pipefail && a", "- set [-o] [pipefail] @0-15\n"
                                 "&& a @19-20\n"
                                 "pipefail\n"
                                 "chain\n"},
        {"set -o errexit -o pipefail\na", "- set [-o] [errexit] [-o] [pipefail] @0-26\n"
                                          "; a @27-28\n"
                                          "errexit\n"
                                          "pipefail\n"},
        {"set -ex\nset +e\na", "- set [-ex] @0-7\n"
                               "; set [+e] @8-14\n"
                               "; a @15-16\n"},
        {"export A=1; set -e; a", "- export [A=1] @0-10\n"
                                  "; set [-e] @12-18\n"
                                  "; a @20-21\n"
                                  "errexit\n"},
        {"a; set -e; b", "- a @0-1\n"
                         "; set [-e] @3-9\n"
                         "; b @11-12\n"},
        {"a && set -e", "- a @0-1\n"
                        "&& set [-e] @5-11\n"
                        "chain\n"},
        {"(set -e); a", "  - set [-e] @1-7 subshell\n"
                        "; a @10-11\n"},
        {"set -- -e; a", "- set [--] [-e] @0-9\n"
                         "; a @11-12\n"},
        {"set e; a", "- set [e] @0-5\n"
                     "; a @7-8\n"},
    };
    check(cases);
}

static void what_no_shell_accepts_is_told(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"a \"b", "- a @0-1\n"
                  "open quote @2-4\n"},
        {"a 'b", "- a @0-1\n"
                 "open quote @2-4\n"},
        {"a $(b", "- a @0-1\n"
                  "  - b @4-5 ^1 substitution\n"
                  "open expansion @2-5\n"},
        {"a `b", "- a @0-1\n"
                 "open expansion @2-4\n"},
        {"a ${b", "- a @0-1\n"
                  "open expansion @2-5\n"},
        {"a $((1", "- a @0-1\n"
                   "open expansion @2-6\n"},
        {"(a", "  - a @1-2 subshell\n"
               "open compound @0-2\n"},
        {"{ a }", "  - a [}] @2-5\n"
                  "open compound @0-5\n"},
        {"if a; then b", "  - a @3-4\n"
                         "  - b @11-12 conditional\n"
                         "open compound @0-12\n"},
        {"a; done", "- a @0-1\n"
                    "unexpected @3-7\n"},
        {"a | | b", "- a @0-1\n"
                    "unexpected @4-5\n"},
        {"&& a", "unexpected @0-1\n"},
        {";a", "unexpected @0-1\n"},
        {"a &&", "- a @0-1\n"
                 "missing command @2-3\n"},
        {"a ;; b", "- a @0-1\n"
                   "unexpected @2-3\n"},
        {"echo (a)", "- echo @0-4\n"
                     "unexpected @5-6\n"},
        {"a ) b", "- a @0-1\n"
                  "unexpected @2-3\n"},
        {"a; }", "- a @0-1\n"
                 "unexpected @3-4\n"},
        {"for; do a; done", "- for @0-3 header\n"
                            "unexpected @3-4\n"},
        {"if a then b; fi", "  - a [then] [b] @3-11\n"
                            "unexpected @13-15\n"},
        {"while a; do done", "  - a @6-7\n"
                             "unexpected @12-16\n"},
        {"( )", "unexpected @2-3\n"},
        {"case x a", "- case [x] @0-6 header\n"
                     "unexpected @7-8\n"},
        {"f() ", "missing command @1-2\n"},
        {"function", "missing command @0-1\n"},
        {"[[ a", "- [[* [a] @0-4\n"
                 "open compound @0-4\n"},
        {"a >", "- a @0-3\n"
                "missing command @2-3\n"},
        {"a > | b", "- a @0-3\n"
                    "unexpected @4-5\n"},
        {"a=(b;c)", "unexpected @4-5\n"},
        {"a $(b; fi) c", "- a @0-1\n"
                         "  - b @4-5 ^1 substitution\n"
                         "unexpected @7-9\n"},
        {"sh -c 'a; fi' && b", "- sh [-c] [a; fi]' @0-13 wrapper\n"
                               "  - a @7-8 ^1 wrapped\n"
                               "&& b @17-18\n"
                               "unexpected @10-12\n"},
        {"sh -c \"fi $a\"", "- sh [-c] [fi $a]'$ @0-13\n"
                            "chain\n"},
        {"(a) b", "  - a @1-2 subshell\n"
                  "unexpected @4-5\n"},
        {"in a", "unexpected @0-2\n"},
        {"for i in a; b", "- for [i] [in] [a] @0-10 header\n"
                          "unexpected @12-13\n"},
        {"a $'b", "- a @0-1\n"
                  "open quote @2-5\n"},
        {"a \\\n\"", "- a @0-1\n"
                     "open quote @4-5\n"},
    };
    check(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heredoc_bodies_are_data),
        cmocka_unit_test(wrappers_are_looked_through),
        cmocka_unit_test(leading_set_commands_are_noticed),
        cmocka_unit_test(what_no_shell_accepts_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
