FR\
OM alpine
R\
# c
UN \
 a
\
\
CMD x
CMD y \