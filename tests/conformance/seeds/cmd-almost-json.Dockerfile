FROM alpine
CMD ['a', 'b']
CMD ["a", "b",]
CMD ["a" "b"]
CMD ["a"] # c
CMD ["a
CMD [a]
