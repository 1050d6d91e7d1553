FROM alpine
RUN set -e; echo 'a b' && cat <f >g || true
RUN   echo   spaces  
RUN	echo	tabs
RUN echo "$HOME" ${X:-y} $(date) `id`
