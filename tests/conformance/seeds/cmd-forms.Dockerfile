FROM alpine
CMD echo a
CMD ["a", "b"]
CMD
CMD ["a", 1]
