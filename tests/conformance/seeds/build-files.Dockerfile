FROM scratch AS one
ADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef https://example.test/a.tgz /a/
ADD --keep-git-dir=true https://example.test/a.git#v1:sub /b
COPY --chmod=u+x,go-w --link --exclude=*.o a b dir/
COPY <<EOF <<'END' /etc/
$A ${B:-b} \$C
EOF
$A
END
FROM one AS two
COPY --from=0 a b
COPY --from=one --parents a/./b c/
COPY --from=nginx:1 /x /y
COPY --from=2 a b
