FROM alpine
RUN cat <<$A <<${B}
x
$A
y
${B}
RUN cat <<${C:-d}
RUN cat <<""
COPY <<E <<E /x/
1
E
2
E
