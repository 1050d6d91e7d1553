FROM alpine
RUN echo ÿþ Ã( í €
ENV A=ð( B="ÿ"
COPY --chown=é aÿ bÃ
LABEL ÿ=þ
CMD ["ÿ", "Ã"]
