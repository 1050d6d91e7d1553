FROM alpine
RUN ["echo", "a b"]
RUN [""]
RUN []
RUN [ "a" , "b" ]  
RUN ["\u0041\n\t\"\\\/"]
