"""Pictures of pages, made ready to be read: upright, grey, of a size that letters are read best in, and no bombs."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Final

from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from jobtracker.resumes.document import Page
from jobtracker.resumes.errors import RefusedError
from jobtracker.resumes.uploads import RefusalCode

LONGEST_SIDE: Final = 3_500
"""Pixels of a page's longest side as it is read: that of A4 at 300 dpi."""

MOST_PIXELS: Final = 64_000_000
"""Pixels that a picture may have. Grey and coloured side by side they take 256 MB."""

# Pixels of a longest side below which letters are too small to be read well: A4 at 150 dpi.
_SHORT_SIDE: Final = 1_750
# Those of FileType.PICTURE; whatever else Pillow knows stays shut.
_FORMATS: Final = ("JPEG", "PNG", "TIFF", "WEBP")
# Pages that are looked for in a TIFF; what follows them is no resume.
_MOST_PAGES: Final = 60
# The tag of EXIF that says how a camera was held, and its values that turn a picture by a quarter.
_ORIENTATION: Final = 0x0112
_SIDEWAYS: Final = frozenset({5, 6, 7, 8})
# What Pillow raises for files that are broken in one way or another.
_DAMAGE: Final = (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, OverflowError)


def too_many_pixels() -> RefusedError:
    """The refusal of a picture that would take more memory than any scan does."""
    megapixels = MOST_PIXELS // 1_000_000
    return RefusedError(
        RefusalCode.UNSAFE,
        f"A picture in the file has more than {megapixels} megapixels. Scan the page at 300 dpi, or save it smaller.",
    )


def pages(data: bytes) -> Iterator[Callable[[], bytes]]:
    """The pages of a picture's file, each as a call that draws it as a grey PNG.

    A TIFF has several. Raises RefusedError, when a page is drawn too, for a file that is damaged or has too many
    pixels.
    """
    with _opened(data) as image:
        count = _count(image) if image.format == "TIFF" else 1
    for number in range(count):
        yield lambda number=number: _page(data, number)  # type: ignore[misc]  # mypy knows no default of a lambda


def sizes(data: bytes) -> Iterator[Page]:
    """The pages of a picture's file with their sizes in pixels, upright. Raises RefusedError as ``pages`` does."""
    with _opened(data) as image:
        for number in range(_count(image) if image.format == "TIFF" else 1):
            # Counting went to the last one.
            image.seek(number)
            on_its_side = image.getexif().get(_ORIENTATION, 1) in _SIDEWAYS
            width, height = image.size[::-1] if on_its_side else image.size
            yield Page(number=number + 1, width=width, height=height)


def upright(data: bytes, number: int, longest_side: int) -> Image.Image | None:
    """A page of a picture's file, counted from 0, in its colours, the right way up and no larger than this.

    None where there is no such page. Raises RefusedError as ``pages`` does.
    """
    with _opened(data) as image:
        if number >= (_count(image) if image.format == "TIFF" else 1):
            return None
        image.seek(number)
        _measure(image)
        if image.format == "JPEG":
            image.draft("RGB", (longest_side, longest_side))
        turned = ImageOps.exif_transpose(image)
        if turned.has_transparency_data:
            coloured = turned.convert("RGBA")
            turned = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)
        shown = _grey(turned) if turned.mode.startswith("I") else turned.convert("RGB")
        shown.thumbnail((longest_side, longest_side))
        return shown


def _count(image: Image.Image) -> int:
    """How many pages there are, found one by one and not counted on: a small file can name a million."""
    for number in range(1, _MOST_PAGES):
        try:
            image.seek(number)
        except EOFError:
            return number
    return _MOST_PAGES


def png(image: Image.Image) -> bytes:
    """A grey picture as PNG, hardly packed: it is read once, right here."""
    buffer = BytesIO()
    image.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _page(data: bytes, number: int) -> bytes:
    with _opened(data) as image:
        if number:
            image.seek(number)
            _measure(image)
        if image.format == "JPEG":
            # A JPEG can be unpacked at a half or a quarter of its size, which spares memory and time.
            image.draft("L", _within(image.size))
        upright = ImageOps.exif_transpose(image)
        grey = _grey(upright)
        return png(grey.resize(_within(grey.size), Image.Resampling.LANCZOS))


@contextmanager
def _opened(data: bytes) -> Iterator[ImageFile.ImageFile]:
    """The picture, measured before anything of it is unpacked. Raises RefusedError, also for what fails meanwhile."""
    try:
        # Pillow warns of odd metadata, and of sizes that are measured here.
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(data), formats=_FORMATS) as image:
            _measure(image)
            yield image
    except Image.DecompressionBombError as error:
        raise too_many_pixels() from error
    except UnidentifiedImageError as error:
        raise _damaged() from error
    except RefusedError:
        raise
    except _DAMAGE as error:
        raise _damaged() from error


def _measure(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise too_many_pixels()


def _grey(image: Image.Image) -> Image.Image:
    """Grey, on white where it is transparent."""
    if image.has_transparency_data:
        coloured = image.convert("RGBA")
        white = Image.new("RGBA", coloured.size, "white")
        return Image.alpha_composite(white, coloured).convert("L")
    if image.mode.startswith("I"):
        # Sixteen bits a pixel, of which eight are enough.
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.convert("L")


def _within(size: tuple[int, int]) -> tuple[int, int]:
    """The size in which a page is read: small ones doubled, large ones no longer than LONGEST_SIDE."""
    longest = max(size)
    factor = 2.0 if longest < _SHORT_SIDE else min(1.0, LONGEST_SIDE / longest)
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _damaged() -> RefusedError:
    return RefusedError(
        RefusalCode.CORRUPT, "The picture is damaged and cannot be opened. Take or scan it anew and upload that."
    )
