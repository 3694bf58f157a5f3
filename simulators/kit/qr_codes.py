"""QR codes, as small pictures that a page or a data URL can hold."""

import base64
import io


def png(text: str, *, scale: int = 4) -> bytes:
    """A black and white picture of the code, `scale` pixels for each of its squares, with a quiet zone around it."""
    from PIL import Image

    squares = _squares(text)
    side = len(squares) + 2 * _QUIET
    picture = Image.new("1", (side, side), 1)
    for row, line in enumerate(squares):
        for column, dark in enumerate(line):
            if dark:
                picture.putpixel((column + _QUIET, row + _QUIET), 0)
    file = io.BytesIO()
    picture.resize((side * scale, side * scale)).save(file, "PNG")
    return file.getvalue()


def data_url(text: str) -> str:
    """The picture as the source of an image."""
    return "data:image/png;base64," + base64.b64encode(png(text)).decode()


def svg(text: str) -> str:
    """The code as a drawing, one unit for each of its squares."""
    squares = _squares(text)
    side = len(squares) + 2 * _QUIET
    dark = "".join(
        f"M{column + _QUIET},{row + _QUIET}h1v1h-1z"
        for row, line in enumerate(squares)
        for column, is_dark in enumerate(line)
        if is_dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="240">'
        f'<path fill="#fff" d="M0,0h{side}v{side}h-{side}z"/><path d="{dark}"/></svg>'
    )


# Squares around the code that stay light: ISO/IEC 18004, 9.1.
_QUIET = 4


def _squares(text: str) -> list[list[bool]]:
    import segno

    code = segno.make_qr(text, error="m", mode="byte", boost_error=False)
    return [[bool(square) for square in line] for line in code.matrix]
