# syntax=docker/dockerfile:1
FROM nginx
COPY <<EOF /etc/nginx/conf.d/default.conf
server { listen $PORT; }
EOF
COPY --chmod=0644 <<-"A" <<'B' /files/
	first $not
	A
second
B
ADD <<X /x
X
