 FROM alpine 
RUN a  b c
　RUN	d
ENV A=1 B=2
COPY --from=à x y
HEALTHCHECK CMD a
EXPOSE 80 81
