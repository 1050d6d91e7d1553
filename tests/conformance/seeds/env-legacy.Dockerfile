FROM alpine
ENV A one two   three
ENV B "quoted  value"
ENV C	d
ENV D =e
