#	ESCAPE	=	`	
#unknown=1
# syntax=later
FROM alpine
