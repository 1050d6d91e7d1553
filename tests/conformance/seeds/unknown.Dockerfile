FROM alpine
RUNN a
COPPY b c
NOPE <<E

