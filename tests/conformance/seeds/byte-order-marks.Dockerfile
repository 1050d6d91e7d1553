﻿FROM alpine
﻿RUN a
