FROM alpine:3.22
RUN echo "open
RUN a && && b
RUN ( if ; fi
RUN echo ${a:-${b:-${c}}} $((1+(2*3))) `date` $(cat <<X
RUN [ "$a" = 'b' ] && x=(1 2) ; [[ a == b ]] ; ((i++)) ; f() { :; } ; ! a & wait
RUN eval "$(ssh-agent)" ; trap 'rm x' EXIT ; . /etc/profile ; cd /x ; exec "$@" <&- 2>/dev/null
