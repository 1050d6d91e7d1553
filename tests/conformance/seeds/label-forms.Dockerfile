FROM alpine
LABEL a=b "c d"="e f" org.example.title='t'
LABEL old style value
LABEL multi="line \
continued" \
  other=x
