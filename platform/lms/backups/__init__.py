"""The database in one file, and back.

    backup FILE     a snapshot of the running system ── dump + manifest ── FILE   (whole, or not there)
    restore FILE    FILE ── checked ── one transaction ── the database            (the new one whole, or the old one)

archive.py has the file's format; postgresql.py and sqlite.py each write, read back and restore a dump; services.py has
what both have in common. Redis is not kept: what waits there is made again from the rows.
"""
