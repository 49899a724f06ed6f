"""The code that runs inside the jail. Only this folder is visible there: standard library, NumPy and torch only."""
