FROM alpine
COPY <<a.txt <<"b.txt" c /dir/
one $X
a.txt
two $Y
b.txt
ADD --chmod=644 <<-E /e
		x
	E
COPY << E /f
lost
E
