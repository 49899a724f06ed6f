"""What others may do when the catalogue changes, without the catalogue knowing them."""

from django.dispatch import Signal

# Sent at the end of `catalogue.sync`, inside its transaction: the rows are those of what is on disk.
catalogue_read = Signal()
