"""Inputs for live_buildkit.py: own seeds, and what becomes of them.

Every function takes a random.Random, so that a seed gives the same inputs again.
"""
import re
import struct

# Texts that are read, but not built; README.md tells why.
ONLY_READ = re.compile(rb"[\w-]@[\w.-]+:|ssh://|ONBUILD\s*\xef\xbb\xbf", re.I)

TRAPS = [
    b"\\", b"`", b"\\\\", b"\\\n", b"`\n", b"\\ \t\n", b"\\\r\n", b"\\\n\n", b"\\\n# c\n", b"\n",
    b"\r\n", b"\r", b"\n\n", b"\t", b" ", b"  ", b"\x0b", b"\x0c", b"\x00", b"\x85", b"\xa0",
    b"\xc2\x85", b"\xc2\xa0", b"\xe2\x80\xa8", b"\xe3\x80\x80", b"\xef\xbb\xbf", b"\xff", b"\xc3",
    b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xc3\xa0", b"\xe2\x84\xaa", b"\xc4\xb0", b"\xc5\xbf",
    b"<<EOF", b"<<-E", b"<<'E'", b'<<"E"', b"3<<E", b"<< E", b"<<<E", b"<<", b"<<-", b"<<$E",
    b"<<E>o", b"<<E <<F", b"EOF\n", b"E\n", b"\tE\n", b"E", b"F\n", b"99999999999999999999<<E",
    b'"', b"'", b'""', b"''", b"\"'", b'\\"', b"\\'", b"$", b"${", b"}", b"$$", b"$a", b"${a}",
    b"${a:-b}", b"${a:+b}", b"${a:?b}", b"${a#b}", b"${a%%*}", b"${a/b/c}", b"${a//b/c}", b"${a-",
    b"--flag", b"--", b"---", b"--from=", b"--from=a ", b"--chown=1:2 ", b"--chmod=755 ", b"--link ",
    b"--link=true ", b"--link=no ", b"--parents ", b"--exclude=*.o ", b"--checksum=sha256:a ",
    b"--platform=linux/amd64 ", b"--platform=$P ", b"--mount=type=cache,target=/c ", b"--mount=",
    b"--mount=type=bind,from=$a ", b'--mount=type="x ', b"--network=none ", b"--network=x ",
    b"--security=insecure ", b"--device=a/b=c ", b"--interval=1s ", b"--interval=1us ",
    b"--timeout=x ", b"--retries=-1 ", b"--retries=3 ", b"--start-period=1h2m3.5s ",
    b"--keep-git-dir=FALSE ", b"--unpack ", b"--'a b'=c ", b"--a\\ b ",
    b"[", b"]", b"[]", b'["a"]', b'["a", "b"]', b'["a",', b'["a" "b"]', b"['a']", b"[1]", b"[null]",
    b'[["a"]]', b'["\\u0041\\ud800"]', b'["\\x"]', b'["a"] b', b'[ "a" , "b" ]', b'{"a":1}', b'["',
    b"=", b"==", b"a=b", b"a =b", b"a= b", b'a="b c"', b":", b",", b";", b"#", b"# ", b"#\n", b"# c\n",
    b"# escape=`\n", b"# escape=\\\n", b"# escape=x\n", b"#escape = ` \n", b"# syntax=a/b:1\n",
    b"# check=skip=all\n", b"# check=skip=StageNameCasing\n", b"# check=error=true\n", b"#!/bin/sh\n",
    b"# check=skip=FromAsCasing;error=true\n", b"# check=skip=ALL\n", b"#\xc2\xa0check=skip=all\n",
    b"# check=skip=all\xc2\xa0\n", b"# check=skip=all;skip=a\n", b"# check= \n",
    b"# check=skip=\xe3\x80\x80all\n", b"# check=experimental=all\n", b"# check\xc2\xa0=skip=all\n",
    b"# check=experimental=InvalidDefinitionDescription\n",
    b"# ESCAPE=`\n", b"// syntax=a\n", b"FROM ", b"from ", b"From ", b" AS ", b" as ", b" As ", b"RUN ",
    b"run ", b"CMD ", b"ENTRYPOINT ", b"SHELL ", b"COPY ", b"ADD ", b"VOLUME ", b"EXPOSE ", b"ARG ",
    b"ENV ", b"LABEL ", b"MAINTAINER ", b"STOPSIGNAL ", b"USER ", b"WORKDIR ", b"HEALTHCHECK ",
    b"HEALTHCHECK NONE", b"HEALTHCHECK CMD ", b"ONBUILD ", b"onbuild ", b"ONBUILD ONBUILD ", b"FROMM ",
    b"RUN\xc2\xa0", b"RUN\t", b"RUN\x0b", b"R\\\nUN ", b"scratch", b"a:b@c", b"80/tcp",
    b"ONBUILD ENV ", b"ONBUILD USER u\n", b"ONBUILD COPY --from=", b"ARG A\n", b"ARG A=1 B=$A\n",
    b"ENV A=$A\n", b"FROM scratch AS ", b"FROM 0\n", b"--from=0 ", b"--from=1 ", b"$TARGETPLATFORM",
    b"$BUILDARCH", b"linux/arm64", b"windows", b"type=tmpfs,", b"type=secret,", b"type=ssh,", b"size=1k,",
    b"sharing=private,", b"required,", b"ro=", b"mode=0777,", b"uid=0,", b"target=", b"id=$a,", b"env=E,",
    b"https://example.test/a ", b"git://example.test/a ", b"#ref:sub", b"u=rwX,g+s", b"08", b"SIG", b"-1",
]

# Texts for the lexer of words, in an environment with some of the names.
WORD_SEEDS = [
    b"$a", b"${a}", b"a${b}c", b"'$a'", b'"$a"', b"\\$a", b"${a:-x}", b"${a:+x y}", b"${u:?must}",
    b"${u?}", b"${u-${a}}", b"${f#foo}", b"${f##*o}", b"${f%z}", b"${f%%b*}", b"${f/o/0}", b"${f//o/0}",
    b"${f/#f/x}", b"${p//\\//_}", b"${s:-'q q'}", b'${s:+"d $a d"}', b"a b  c", b"a\\ b", b'"a b" c',
    b"'it''s'", b'"\\"\\$\\\\\\n"', b"$1 $* $@ $$", b"${1}", b"${", b"${a", b"$", b"${}", b"${a:}",
    b"${a:=b}", b"${a/b}", b"${a/[b]/c}", b"${d//./-}", b"${f#?}", b"${f%\\o}", b"<<E", b"<< E x",
    b"cat <<-'E' >f", b"\xed\x95\x9c$k\xea\xb5\xad", b"$k", b"${k#\xed\x95\x9c}", b"a\\", b"`$a` `\\$a",
    b"\xff$a\xfe", b"${f//[a-c]/x}", b"${f/*/x}", b"${n:-a\nb}", b"'unclosed", b'"unclosed', b"${a:-}}",
]
WORD_TRAPS = [
    b"$", b"${", b"}", b"{", b":", b"-", b"+", b"?", b"#", b"##", b"%", b"%%", b"/", b"//", b"*", b"?",
    b"\\", b"`", b"'", b'"', b" ", b"\t", b"\n", b"a", b"f", b"u", b"<<", b"<", b"=", b"[", b"]", b"^",
    b".", b"|", b"\xc2\xa0", b"\xc2\x85", b"\x85", b"\xff", b"\xed\x95\x9c", b"\x00", b"$a", b"${a}",
    b"\xef\xbb\xbf", b"${u:-", b"${f#", b"${f/", b"1", b"_", b"\\$", b"\\}", b"\\/", b"\\\\",
]
ENVIRONMENT = [
    b"a=one", b"b=two  words", b"f=foobarbaz", b"p=/usr/local/bin", b"s=a/b/c", b"d=x.y.z", b"e=",
    b"k=\xed\x95\x9c\xea\xb5\xad\xec\x96\xb4", b"w=*", b"q=\"q'q", b"r=$a", b"n=l\nm", b"z=a\\b", b"_=u",
]

IGNORE_SEEDS = [
    b"*.o\n!keep.o\n", b"# c\n\nnode_modules\n", b"**/tmp\n!**/tmp/keep\n", b"/abs\n./rel\n../up\n",
    b"a?c\nd[ef]g\n", b"**\n!a/b\n", b"*\n!*.go\n!go.mod\n", b"dir/**\n", b"dir/**/x\n", b"\\#x\n\\!y\n",
    b"  spaces  \n\ttab\t\n", b"!\n", b"[\n", b"\xef\xbb\xbfa\r\nb\r\n", b"a/../b\na//b\na/.\n", b"a**b\n",
    b"a/**\n**/b/**/c\n", b"[a-\n[]a]\n[^a]\n", b"a.b+c(d)|e{f}$\n", b"**x\nx**\n", b"! a\n !b\n",
]
IGNORE_TRAPS = [
    b"*", b"**", b"***", b"?", b"[", b"]", b"[a-c]", b"[^a]", b"[!a]", b"!", b"\\", b"/", b"//", b"./",
    b"../", b".", b"..", b"#", b" ", b"\t", b"\n", b"\r\n", b"a", b"b", b"dir", b"a/b", b".go", b"^", b"$",
    b"(", b"{", b"+", b"|", b"-", b"\xc3\xa9", b"\xff", b"\x85", b"\xc2\xa0", b"\xef\xbb\xbf",
    b"\\*", b"\\\\", b"x",
]
IGNORE_PATHS = [
    b"a", b"b", b"x", b"c", b"a/b", b"a/b/c", b"b/x", b"dir", b"dir/x", b"dir/a/x", b"dir/keep.o", b"keep.o",
    b"main.go", b"go.mod", b"a.o", b"tmp", b"tmp/keep", b"x/tmp/keep/y", b"abc", b"a c", b"deg", b"#x", b"!y",
    b"node_modules/a", b"spaces", b"axb", b"a\\b", b"\xc3\xa9", b"[", b"^", b"a.b", b"a/x/b", b"-", b".", b"..a",
]


def dictionary(texts):
    return b"".join(text + b"\0" for text in texts) + b"\0"


def change_bytes(rng, text, _traps, _seeds):
    data = bytearray(text)
    for _ in range(rng.randint(1, 4)):
        if data:
            data[rng.randrange(len(data))] = rng.randrange(256)
    return bytes(data)


def insert_trap(rng, text, traps, _seeds):
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(0, len(text))
        text = text[:at] + rng.choice(traps) + text[at:]
    return text


def replace_by_trap(rng, text, traps, _seeds):
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(traps) + text[at + rng.randint(0, 6):]


def trap_at_word(rng, text, traps, _seeds):
    places = [i for i, byte in enumerate(text) if byte in b" \t\n=,"] or [0]
    at = rng.choice(places) + rng.randint(0, 1)
    return text[:at] + rng.choice(traps) + text[at:]


def delete_bytes(rng, text, _traps, _seeds):
    at = rng.randint(0, len(text))
    return text[:at] + text[at + rng.randint(1, 8):]


def repeat_bytes(rng, text, _traps, _seeds):
    at = rng.randint(0, len(text))
    end = at + rng.randint(1, 12)
    return text[:end] + text[at:end] + text[end:]


def change_lines(rng, text, _traps, _seeds):
    lines = text.splitlines(keepends=True) or [b""]
    at = rng.randrange(len(lines))
    action = rng.randrange(4)
    if action == 0:
        lines.insert(at, rng.choice(lines))
    elif action == 1:
        del lines[at]
    elif action == 2:
        other = rng.randrange(len(lines))
        lines[at], lines[other] = lines[other], lines[at]
    else:
        lines[at] = lines[at].rstrip(b"\r\n") + rng.choice([b"\r\n", b"\n", b"", b"\\\n", b" \\ \n"])
    return b"".join(lines)


def splice(rng, text, _traps, seeds):
    other = rng.choice(seeds)
    return text[:rng.randint(0, len(text))] + other[rng.randint(0, len(other)):]


def cut(rng, text, _traps, _seeds):
    return text[:rng.randint(0, len(text))]


def change_case(rng, text, _traps, _seeds):
    at = rng.randint(0, len(text))
    end = at + rng.randint(1, 8)
    return text[:at] + text[at:end].swapcase() + text[end:]


def take_line(rng, text, _traps, seeds):
    """A line of another seed."""
    lines = text.splitlines(keepends=True) or [b""]
    others = rng.choice(seeds).splitlines(keepends=True) or [b""]
    lines.insert(rng.randint(1, len(lines)), rng.choice(others))
    return b"".join(lines)


CHANGES = [insert_trap, insert_trap, replace_by_trap, trap_at_word, trap_at_word, change_bytes,
           delete_bytes, repeat_bytes, change_lines, change_lines, splice, cut, change_case]


def lengthen(rng, text):
    """A line about as long as the builder takes."""
    lines = text.splitlines(keepends=True) or [b""]
    at = rng.randrange(len(lines))
    missing = 65535 - len(lines[at]) + rng.randint(-2, 3)
    place = rng.randint(0, len(lines[at].rstrip(b"\r\n")))
    filler = rng.choice([b"x", b" ", b"a ", b"\\ "]) * max(missing, 0)
    lines[at] = lines[at][:place] + filler[:max(missing, 0)] + lines[at][place:]
    return b"".join(lines)


# Fewer of them refuse a file as a whole.
BUILD_CHANGES = [insert_trap, trap_at_word, trap_at_word, repeat_bytes, change_lines, change_lines,
                 change_lines, take_line, take_line, take_line, take_line, change_case, delete_bytes]


def mutate(rng, seeds, traps, changes=tuple(CHANGES), counts=(1, 1, 2, 2, 3, 5, 8)):
    text = rng.choice(seeds)
    for _ in range(rng.choice(counts)):
        text = rng.choice(changes)(rng, text, traps, seeds)
    return text


class Generator:
    """Frames of all kinds, most of them Dockerfiles."""

    LONG_LINE_EVERY = 500

    def __init__(self, rng, seeds, build_seeds):
        self.rng = rng
        self.seeds = seeds
        self.build_seeds = build_seeds

    def frame(self):
        kind = self.rng.choices("BDWI", weights=[45, 40, 10, 5])[0]
        if kind == "W":
            text = mutate(self.rng, WORD_SEEDS, WORD_TRAPS)
        elif kind == "I":
            text = mutate(self.rng, IGNORE_SEEDS, IGNORE_TRAPS)
        elif kind == "B" and self.rng.randrange(5):
            text = mutate(self.rng, self.build_seeds, TRAPS, BUILD_CHANGES, (1, 1, 1, 2, 2, 3, 5))
        else:
            text = mutate(self.rng, self.seeds, TRAPS)
            if self.rng.randrange(self.LONG_LINE_EVERY) == 0:
                text = lengthen(self.rng, text)
        return "D" if kind == "B" and ONLY_READ.search(text) else kind, text


def payload(kind, text):
    """What a frame carries: words come with their variables, ignore files with paths to try."""
    before = {"B": b"", "D": b"", "W": dictionary(ENVIRONMENT), "I": dictionary(IGNORE_PATHS)}
    return before[kind] + text


def pack(kind, text):
    data = payload(kind, text)
    return kind.encode() + struct.pack("<I", len(data)) + data
