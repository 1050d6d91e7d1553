FROM alpine AS K
maıntainer x
WORKDIR /a
ſHELL ["a"]
