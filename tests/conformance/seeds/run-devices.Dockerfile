FROM alpine
RUN --device=vendor/class=name,required true
RUN --device=name=a/b true
