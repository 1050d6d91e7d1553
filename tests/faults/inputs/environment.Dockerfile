FROM alpine:3.22
ENV PATH=/opt/bin:$PATH HOME=/home/app
ENV A="$HOME/x" B='$HOME' C=\$HOME D=${HOME:+set}
WORKDIR $HOME
WORKDIR rel/${A##*/}
USER ${RUN_AS:-nobody}:nogroup
EXPOSE ${PORT:-8080}/tcp 9000-9010/udp
STOPSIGNAL SIGQUIT
VOLUME /data $HOME/cache
