FROM a AS One
from b AS two
FROM c as three
From d aS Four
from e as Five
fRoM f
Maintainer g
