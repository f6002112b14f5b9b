"""Files that were damaged on their way: real structure with pieces changed, lost, repeated or cut off."""

import io
import random
import zipfile
from typing import Final

_ODD: Final = (
    b"\x00",
    b"\xff\xfe",
    b"%PDF-1.7",
    b"<![CDATA[",
    b"</",
    b"&#x110000;",
    b"{\\rtf1",
    b"{" * 400,
    b"[" * 400,
    b"<div>" * 400,
    b"> " * 400,
    b"* " * 400,
    b"\\u-99999 ",
    b"9" * 400,
    b'"',
    "\u202e\ud7ff\u2028".encode(),
    b"obj<</Length 99999999>>stream",
)
_ZIP: Final = b"PK\x03\x04"


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with one to eight pieces damaged; of a package now and then one member, so that the package is whole."""
    if data.startswith(_ZIP) and chance.random() < 0.7:
        return _package(data, chance)
    for _ in range(chance.randint(1, 8)):
        data = _damaged(data, chance)
    return data


def _damaged(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    until = min(len(data), at + chance.choice((1, 2, 16, 256, 4096)))
    match chance.randint(0, 5):
        case 0:
            return data[:at] + bytes(byte ^ 1 << chance.randint(0, 7) for byte in data[at:until]) + data[until:]
        case 1:
            return data[:at] + data[until:]
        case 2:
            return data[:until] + data[at:until] * chance.choice((1, 2, 50)) + data[until:]
        case 3:
            return data[:at] + chance.choice(_ODD) + data[at:]
        case 4:
            return data[:at] + chance.randbytes(until - at) + data[until:]
        case _:
            return data[:at]


def _package(data: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = [(info.filename, package.read(info)) for info in package.infolist()]
    struck = chance.randrange(len(members))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for number, (name, content) in enumerate(members):
            package.writestr(name, mutated(content, chance) if number == struck else content)
    return made.getvalue()
