/* lib/shell: the shell language, as text in and commands out (support/shell_dump.h). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "support/shell_dump.h"

#define check(cases) shell_check_cases((cases), sizeof(cases) / sizeof(cases)[0])

static void commands_have_their_words_roles_and_ranges(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"go build", "- go [build] @0-8\n"
                     "chain\n"},
        {"  go\tbuild  ", "- go [build] @2-10\n"
                          "chain\n"},
        {"CGO_ENABLED=0 GOOS=linux go build -o /out ./...",
         "- env:CGO_ENABLED=0 env:GOOS=linux go [build] [-o] [/out] [./...] @0-47\n"
         "chain\n"},
        {"A=1", "- env:A=1 @0-3\n"
                "chain\n"},
        {"A=1 B=2 && go A=1", "- env:A=1 env:B=2 @0-7\n"
                              "&& go [A=1] @11-17\n"
                              "chain\n"},
        {"A+=x a[0]=y a[$i]+=z go", "- env:A+=x env:a[0]=y* env:a[$i]+=z$* go @0-23\n"
                                    "chain\n"},
        {"1A=x =y A-B=z", "- 1A=x [=y] [A-B=z] @0-13\n"
                          "chain\n"},
        {"A\"B\"=c d", "- AB=c' [d] @0-8\n"
                       "chain\n"},
        {"", ""},
        {" \t ", ""},
        {"# nothing", ""},
        {"go build # comment && rm", "- go [build] @0-8\n"},
        {"go build#no comment", "- go [build#no] [comment] @0-19\n"
                                "chain\n"},
        {"[ -f x ]", "- [* [-f] [x] []] @0-8\n"
                     "chain\n"},
    };
    check(cases);
}

static void operators_stand_between_commands(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"a && b || c; d | e |& f & g", "- a @0-1\n"
                                        "&& b @5-6\n"
                                        "|| c @10-11 conditional\n"
                                        "; d @13-14\n"
                                        "| e @17-18\n"
                                        "| f @22-23\n"
                                        "& g @26-27\n"},
        {"a&&b||c;d|e&g", "- a @0-1\n"
                          "&& b @3-4\n"
                          "|| c @6-7 conditional\n"
                          "; d @8-9\n"
                          "| e @10-11\n"
                          "& g @12-13\n"},
        {"a\nb\n\n  c\n", "- a @0-1\n"
                          "; b @2-3\n"
                          "; c @7-8\n"},
        {"a &&\n\n# note\n b", "- a @0-1\n"
                               "&& b @14-15\n"},
        {"a |\nb", "- a @0-1\n"
                   "| b @4-5\n"},
        {"a;", "- a @0-1\n"},
        {"a &", "- a @0-1\n"},
        {"! a | b && c", "- a @2-3 negated\n"
                         "| b @6-7 negated\n"
                         "&& c @11-12\n"},
        {"a || b | c && d", "- a @0-1\n"
                            "|| b @5-6 conditional\n"
                            "| c @9-10 conditional\n"
                            "&& d @14-15\n"},
    };
    check(cases);
}

static void redirections_belong_to_their_command(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"a >x 2>&1 <y >>z", "- a >[x] 2>&[1] <[y] >>[z] @0-16\n"
                             "chain\n"},
        {">x a b", "- >[x] a [b] @0-6\n"
                   "chain\n"},
        {"> x", "- >[x] @0-3\n"
                "chain\n"},
        {"a 2>/dev/null b", "- a 2>[/dev/null] [b] @0-15\n"
                            "chain\n"},
        {"a 2>&1>x 1>&22>y", "- a 2>&[1] >[x] 1>&[22] >[y] @0-16\n"
                             "chain\n"},
        {"a 2 >x", "- a [2] >[x] @0-6\n"
                   "chain\n"},
        {"a &>x && b &>>y", "- a &>[x] @0-5\n"
                            "&& b &>>[y] @9-15\n"
                            "chain\n"},
        {"a <>x >|y <&3 3>&- <<<\"z w\"", "- a <>[x] >|[y] <&[3] 3>&[-] <<<[z w]' @0-27\n"
                                          "chain\n"},
        {"a {fd}>x {y} >z", "- a {fd}>[x] [{y}] >[z] @0-15\n"
                            "chain\n"},
        {"a \"2\">x", "- a [2]' >[x] @0-7\n"
                      "chain\n"},
        {"(a) >x && { b; } 2>&1", "  - a @1-2 subshell\n"
                                  "  - b @12-13\n"},
    };
    check(cases);
}

static void quotes_and_escapes_are_resolved(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"echo 'a b'\"c d\"e\\ f", "- echo [a bc de f]' @0-19\n"
                                   "chain\n"},
        {"echo 'a\\n' \"a\\n\\\"\\\\\\$\\`\"", "- echo [a\\n]' [a\\n\"\\$`]' @0-24\n"
                                               "chain\n"},
        {"echo '' \"\"", "- echo []' []' @0-10\n"
                         "chain\n"},
        {"echo $'a\\tb\\x41\\101\\u00e9\\'' $\"x\"", "- echo [a\tbAA\303\251']' [x]' @0-33\n"
                                                     "chain\n"},
        {"echo \\$HOME '$HOME' \"\\$HOME\"", "- echo [$HOME]' [$HOME]' [$HOME]' @0-28\n"
                                             "chain\n"},
        {"echo a\\", "- echo [a\\] @0-7\n"
                     "chain\n"},
        {"--flag=\"x y\"", "- --flag=x y' @0-12\n"
                           "chain\n"},
        {"-ldflags=\"-s -w -X 'main.v=1'\"", "- -ldflags=-s -w -X 'main.v=1'' @0-30\n"
                                             "chain\n"},
    };
    check(cases);
}

static void expansions_stay_in_the_value_and_are_told(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"echo $a ${a} \"$a\" $1 $@ $", "- echo [$a]$ [${a}]$ [$a]'$ [$1]$ [$@]$ [$] @0-25\n"
                                        "chain\n"},
        {"echo \"${a:-b c}\" ${a:-\"}\"} ${a%'}'}",
         "- echo [${a:-b c}]'$ [${a:-\"}\"}]$ [${a%'}'}]$ @0-35\n"
         "chain\n"},
        {"echo \"${a:-it's}\" x", "- echo [${a:-it's}]'$ [x] @0-19\n"
                                  "chain\n"},
        {"echo $((1 + (2 * 3))) $((a))b $[1+2]",
         "- echo [$((1 + (2 * 3)))]$ [$((a))b]$ [$[1+2]]$ @0-36\n"
         "chain\n"},
        {"rm -rf /a/* b? [cd]e \"*\"", "- rm [-rf] [/a/*]* [b?]* [[cd]e]* [*]' @0-24\n"
                                       "chain\n"},
        {"echo \"${a:-$(b \"c\")}\"", "- echo [${a:-$(b \"c\")}]'$! @0-21\n"
                                      "  - b [c]' @13-18 ^1 substitution\n"
                                      "chain\n"},
        {"echo {a,b}", "- echo [{a,b}] @0-10\n"
                       "chain\n"},
        {"echo $[ x", "- echo [$[] [x] @0-9\n"
                      "chain\n"},
    };
    check(cases);
}

static void substitutions_are_commands_of_their_own(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"echo $(date +%s) x", "- echo [$(date +%s)]! [x] @0-18\n"
                               "  - date [+%s] @7-15 ^1 substitution\n"
                               "chain\n"},
        {"echo \"a $(b \"c d\" | e) f\" && g", "- echo [a $(b \"c d\" | e) f]'! @0-25\n"
                                               "  - b [c d]' @10-17 ^1 substitution\n"
                                               "  | e @20-21 ^1 substitution\n"
                                               "&& g @29-30\n"
                                               "chain\n"},
        {"a $(b $(c) d) e", "- a [$(b $(c) d)]! [e] @0-15\n"
                            "  - b [$(c)]! [d] @4-12 ^1 substitution\n"
                            "    - c @8-9 ^2 substitution\n"
                            "chain\n"},
        {"V=$(a) b", "- env:V=$(a)! b @0-8\n"
                     "  - a @4-5 ^1 substitution\n"
                     "chain\n"},
        {"echo `a b` \"`c`\"", "- echo [`a b`]! [`c`]'! @0-16\n"
                               "  - a [b] @6-9 ^1 substitution\n"
                               "  - c @13-14 ^1 substitution\n"
                               "chain\n"},
        {"echo `a \\`b c\\` d`", "- echo [`a \\`b c\\` d`]! @0-18\n"
                                 "  - a [`b c`]!~ [d] @6-17 ^1 substitution\n"
                                 "    - b [c] @10-13 ^2 substitution\n"
                                 "chain\n"},
        {"echo \"`a \\\"b\\\"`\"", "- echo [`a \\\"b\\\"`]'! @0-16\n"
                                   "  - a [b]' @7-14 ^1 substitution\n"
                                   "chain\n"},
        {"diff <(a) >(b c)", "- diff [<(a)]! [>(b c)]! @0-16\n"
                             "  - a @7-8 ^1 substitution\n"
                             "  - b [c] @12-15 ^1 substitution\n"
                             "chain\n"},
        {"echo $( (a; b) )", "- echo [$( (a; b) )]! @0-16\n"
                             "    - a @9-10 ^1 subshell substitution\n"
                             "    ; b @12-13 ^1 subshell substitution\n"
                             "chain\n"},
        {"echo $((a); (b))", "- echo [$((a); (b))]! @0-16\n"
                             "    - a @8-9 ^1 subshell substitution\n"
                             "    - b @13-14 ^1 subshell substitution\n"
                             "chain\n"},
        {"echo $(case x in a) b;; esac) c", "- echo [$(case x in a) b;; esac)]! [c] @0-31\n"
                                            "  - case [x] [in] @7-16 ^1 substitution header\n"
                                            "    - b @20-21 ^1 substitution conditional\n"
                                            "chain\n"},
        {"echo $(a # )\n) b", "- echo [$(a # )\n"
                              ")]! [b] @0-16\n"
                              "  - a @7-8 ^1 substitution\n"
                              "chain\n"},
        {"echo $()", "- echo [$()]! @0-8\n"
                     "chain\n"},
        {"$(a) b", "- $(a)! [b] @0-6\n"
                   "  - a @2-3 ^1 substitution\n"
                   "chain\n"},
    };
    check(cases);
}

static void groups_and_subshells_are_looked_into(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"(a; b) && c", "  - a @1-2 subshell\n"
                        "  ; b @4-5 subshell\n"
                        "&& c @10-11\n"},
        {"{ a; b; } || { c; }", "  - a @2-3\n"
                                "  ; b @5-6\n"
                                "  - c @15-16 conditional\n"},
        {"((a); b)", "    - a @2-3 subshell\n"
                     "  ; b @6-7 subshell\n"},
        {"a && (cd x && b) | c", "- a @0-1\n"
                                 "  - cd [x] @6-10 subshell\n"
                                 "  && b @14-15 subshell\n"
                                 "| c @19-20\n"},
        {"{a,b} c", "- {a,b} [c] @0-7\n"
                    "chain\n"},
        {"! { a; }", "  - a @4-5\n"},
    };
    check(cases);
}

static void compound_commands_are_looked_into(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"if a; then b; elif c; then d; else e; fi && f", "  - a @3-4\n"
                                                          "  - b @11-12 conditional\n"
                                                          "  - c @19-20 conditional\n"
                                                          "  - d @27-28 conditional\n"
                                                          "  - e @35-36 conditional\n"
                                                          "&& f @44-45\n"},
        {"if a\nthen b\nfi", "  - a @3-4\n"
                             "  - b @10-11 conditional\n"},
        {"while read x; do a $x; done <y", "  - read [x] @6-12\n"
                                           "  - a [$x]$ @17-21 conditional loop\n"},
        {"until a; do sleep 1; done", "  - a @6-7\n"
                                      "  - sleep [1] @12-19 conditional loop\n"},
        {"for i in a \"b c\" $d; do e $i; done; f", "- for [i] [in] [a] [b c]' [$d]$ @0-19 header\n"
                                                    "  - e [$i]$ @24-28 loop\n"
                                                    "; f @36-37\n"},
        {"for i; do a; done", "- for [i] @0-5 header\n"
                              "  - a @10-11 loop\n"},
        {"for i\nin a\ndo b\ndone", "- for [i] [in] [a] @0-10 header\n"
                                    "  - b @14-15 loop\n"},
        {"for ((i=0; i<3; i++)); do a; done", "- for [((i=0; i<3; i++))]$ @0-21 header\n"
                                              "  - a @26-27 loop\n"},
        {"for i in a; { b; }", "- for [i] [in] [a] @0-10 header\n"
                               "  - b @14-15 loop\n"},
        {"select x in a b; do c; done", "- select [x] [in] [a] [b] @0-15 header\n"
                                        "  - c @20-21 loop\n"},
        {"case \"$x\" in a|b*) c;; (d) e;& *) ;; esac", "- case [$x]'$ [in] @0-12 header\n"
                                                        "  - c @19-20 conditional\n"
                                                        "  - e @27-28 conditional\n"},
        {"case $(uname -m) in\n x86_64)\n  a=b ;;\nesac",
         "- case [$(uname -m)]! [in] @0-19 header\n"
         "  - uname [-m] @7-15 ^1 substitution\n"
         "  - env:a=b @31-34 conditional\n"},
        {"case x in esac", "- case [x] [in] @0-9 header\n"},
        {"if a; then (b) fi", "  - a @3-4\n"
                              "    - b @12-13 subshell conditional\n"},
        {"echo if then fi done", "- echo [if] [then] [fi] [done] @0-20\n"
                                 "chain\n"},
        {"if [ -f x ]; then exit 1; fi", "  - [* [-f] [x] []] @3-11\n"
                                         "  - exit [1] @18-24 conditional\n"},
    };
    check(cases);
}

static void functions_tests_and_arithmetic_are_read(void **state)
{
    (void)state;
    static const shell_case cases[] = {
        {"f() { a; }; f", "  - a @6-7 function\n"
                          "; f @12-13\n"},
        {"f () ( a )", "  - a @7-8 subshell function\n"},
        {"function f { a; } && f", "  - a @13-14 function\n"
                                   "&& f @21-22\n"},
        {"function f() { a; }", "  - a @15-16 function\n"},
        {"f() a b", "- a [b] @4-7 function\n"},
        {"[[ -f x && ( $a == b* || $c < d ) ]] && e",
         "- [[* [-f] [x] [&&] [(] [$a]$ [==] [b*]* [||] [$c]$ [<] [d] [)] []]] @0-36\n"
         "&& e @40-41\n"
         "chain\n"},
        {"[[ $a =~ ^(b|c d)$ ]]", "- [[* [$a]$ [=~] [^(b|c d)$] []]] @0-21\n"
                                  "chain\n"},
        {"((i++)) && a", "- ((i++))$ @0-7\n"
                         "&& a @11-12\n"
                         "chain\n"},
        {"time { a; } && time -p b", "  - a @7-8\n"
                                     "&& time [-p] [b] @15-24 wrapper\n"
                                     "  - b @23-24 ^2 wrapped\n"},
        {"a=(b \"c d\" $(e)) f", "- env:a=(b \"c d\" $(e))$! f @0-18\n"
                                 "  - e @13-14 ^1 substitution\n"
                                 "chain\n"},
        {"rm !(a|b) c", "- rm [!(a|b)]* [c] @0-11\n"
                        "chain\n"},
    };
    check(cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commands_have_their_words_roles_and_ranges),
        cmocka_unit_test(operators_stand_between_commands),
        cmocka_unit_test(redirections_belong_to_their_command),
        cmocka_unit_test(quotes_and_escapes_are_resolved),
        cmocka_unit_test(expansions_stay_in_the_value_and_are_told),
        cmocka_unit_test(substitutions_are_commands_of_their_own),
        cmocka_unit_test(groups_and_subshells_are_looked_into),
        cmocka_unit_test(compound_commands_are_looked_into),
        cmocka_unit_test(functions_tests_and_arithmetic_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
