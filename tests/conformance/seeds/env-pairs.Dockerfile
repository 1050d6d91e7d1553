FROM alpine
ENV A=1 B="two words" C='a b' D=a\ b E=
ENV F="$A ${B:-x}" G=$C
