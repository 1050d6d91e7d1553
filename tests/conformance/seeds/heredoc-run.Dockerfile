FROM alpine
RUN <<EOF
echo a
  b \
# c
EOF
RUN <<-E1 cat <<'E2'
	a
	E1
$b
E2
RUN 3<<X cat >&3
y
X
