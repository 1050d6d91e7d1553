FROM alpine
RUN a \
  b\
c \ 	
 d \

\
 e
RUN f \\
g
RUN h \\\
i
