"""An address as a QR code, for who holds a printed certificate."""

from dataclasses import dataclass

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of ground around the code: its standard (ISO/IEC 18004) asks for them


@dataclass(frozen=True, slots=True)
class Code:
    size: int  # in modules, with the ground around
    path: str


def qr_path(text: str) -> Code:
    """Return the code as the path of an SVG, one unit for each module."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    rows = code.get_matrix()
    modules = [(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return Code(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in modules))
