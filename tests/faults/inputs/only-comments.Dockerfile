# syntax=docker/dockerfile:1
# escape=\

# nothing follows

