# Copyright 2026 EBS contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Files that nobody should send as a photo, and some that look like it and may."""

import gzip
import io
import struct
import zipfile
import zlib

from PIL import Image

# Pillow's own guard is not what makes these files.
Image.MAX_IMAGE_PIXELS = None
SCRIPT = "<script>alert(1)</script>"
SVG = f'<svg xmlns="http://www.w3.org/2000/svg">{SCRIPT}</svg>'
MEGA = 1_000_000
# Where it was taken, as a phone writes it.
GPS = {1: "N", 2: (50.0, 37.0, 12.0), 3: "E", 4: (3.0, 3.0, 30.0)}


def make(picture_format, size=(120, 80), mode="RGB", **options):
    """Return a picture whose left half is red and whose right half is blue."""
    picture = Image.new(mode, size)
    if mode == "RGB":
        picture.paste("red", (0, 0, size[0] // 2, size[1]))
        picture.paste("blue", (size[0] // 2, 0, *size))
    buffer = io.BytesIO()
    picture.save(buffer, picture_format, **options)
    return buffer.getvalue()


def make_exif(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera of Olga"
    exif.get_ifd(0x8825).update(GPS)
    return exif.tobytes()


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def make_png(width, height, *extra, data=b"\0" * 1000):
    """Return a PNG that says to have many points, with chunks of its own."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            *extra,
            chunk(b"IDAT", zlib.compress(data, 9)),
            chunk(b"IEND", b""),
        )
    )


def make_jpeg_header(width, height):
    """Return a small JPEG whose header says that it has many points."""
    content = bytearray(make("JPEG"))
    place = content.index(b"\xff\xc0")
    content[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(content)


def make_webp(kind, width, height):
    """Return the head of a WebP of one of its three kinds."""
    if kind == b"VP8X":
        data = bytes(4) + b"".join(
            (side - 1).to_bytes(3, "little") for side in (width, height)
        )
    elif kind == b"VP8L":
        bits = (width - 1) | (height - 1) << 14
        data = b"\x2f" + bits.to_bytes(4, "little") + bytes(40)
    else:
        data = b"\x30\x01\0\x9d\x01\x2a" + struct.pack("<HH", width, height) + bytes(40)
    body = kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def make_frames(picture_format, count):
    frames = [Image.new("P", (8, 8), number % 250) for number in range(count)]
    buffer = io.BytesIO()
    frames[0].save(
        buffer, picture_format, save_all=True, append_images=frames[1:], duration=20
    )
    return buffer.getvalue()


def make_zip_bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a.png", b"\0" * 100 * MEGA)
    return buffer.getvalue()


def make_scans(count):
    """Return a JPEG drawn in layers, one of them again and again."""
    content = make("JPEG", (2000, 2000), progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:last] + content[last:-2] * count + b"\xff\xd9"


def get_files():
    """Return (file name, content, whether it may be taken), one after the other."""
    yield from get_large_files()
    yield from get_turned_files()
    yield from get_strange_files()
    yield from get_named_files()


def get_large_files():
    yield "png-49.9.png", make("PNG", (7000, 7128)), True
    yield "jpg-49.9.jpg", make("JPEG", (7000, 7128)), True
    for points in (50.1, 170, 180, 500):
        height = int(points * MEGA / 20_000) + 1
        yield f"png-{points}.png", make_png(20_000, height), False
        yield f"jpg-{points}.jpg", make_jpeg_header(20_000, height), False
    for kind in (b"VP8X", b"VP8L", b"VP8 "):
        yield (
            f"16383-{kind.decode().strip()}.webp",
            make_webp(kind, 16383, 16383),
            False,
        )
    yield "clear-28.png", make("PNG", (7000, 4000), "RGBA"), True
    yield "clear-49.png", make("PNG", (7000, 7000), "RGBA"), False
    yield "grey-16.png", make("PNG", (4000, 4000), "I;16"), True
    yield "palette.png", make("PNG", (4000, 4000), "P", transparency=0), True
    yield "cmyk.jpg", make("JPEG", (4000, 4000), "CMYK"), True
    layers = {"progressive": True, "subsampling": 0}
    yield "layers-24.jpg", make("JPEG", (6000, 4000), **layers), True
    yield "layers-49.jpg", make("JPEG", (7000, 7000), **layers), False
    yield "scans.jpg", make_scans(2000), False
    yield "webp-12.webp", make("WEBP", (4000, 3000), method=0), True
    yield "webp-40.webp", make("WEBP", (8000, 5000), method=0), False
    yield "eleven.jpg", make("JPEG") + b"\0" * 11 * MEGA, False
    yield "flat.png", make_png(60_000, 1, data=b"\0" * 180_001), True
    yield "tall.png", make_png(1, 2**31 - 1), False


def get_turned_files():
    for orientation in range(1, 9):
        exif = make_exif(orientation)
        yield f"turned-{orientation}.jpg", make("JPEG", exif=exif), True
    for orientation in (3, 6, 8):
        exif = make_exif(orientation)
        yield f"turned-{orientation}.png", make("PNG", exif=exif), True
        yield f"turned-{orientation}.webp", make("WEBP", exif=exif), True


def get_strange_files():
    yield "frames.gif", make_frames("GIF", 10_000), False
    yield "frames.webp", make_frames("WEBP", 200), True
    yield "scan.tiff", make("TIFF"), False
    yield "old.bmp", make("BMP"), False
    yield "paper.pdf", make("PDF"), False
    yield "drawing.svg", SVG.encode(), False
    yield "drawing.png", SVG.encode(), False
    foreign = f"<svg xmlns='http://www.w3.org/2000/svg'><foreignObject>{SCRIPT}"
    yield "foreign.svg", f"{foreign}</foreignObject></svg>".encode(), False
    entities = '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    yield "entities.svg", f'<?xml version="1.0"?>{entities}{SVG}'.encode(), False
    yield "page.jpg", f"<html><body>{SCRIPT}</body></html>".encode(), False
    yield "page-inside.jpg", make("JPEG", comment=SCRIPT.encode()), True
    yield "page-behind.jpg", make("JPEG") + SCRIPT.encode(), True
    yield "page-behind.png", make("PNG") + f"<html>{SCRIPT}</html>".encode(), True
    yield "script.gif", b"GIF89a/*" + SCRIPT.encode() + b"*/=1", False
    yield "bomb.zip", make_zip_bomb(), False
    yield "bomb.png", make_zip_bomb(), False
    yield "bomb.gz", gzip.compress(b"\0" * 50 * MEGA), False
    packed = zlib.compress(b"A" * 100 * MEGA, 9)
    text = chunk(b"zTXt", b"Comment\0\0" + packed)
    yield "text-bomb.png", make_png(8, 8, text, data=b"\0" * 200), None
    profile = chunk(b"iCCP", b"icc\0\0" + packed)
    yield "profile-bomb.png", make_png(8, 8, profile, data=b"\0" * 200), None
    yield "data-bomb.png", make_png(8, 8, data=b"\0" * 100 * MEGA), None
    yield "nothing.jpg", b"", False
    # Odoo has Pillow fill what was lost on the way with grey.
    yield "cut.jpg", make("JPEG", (800, 600))[:3000], None


def get_named_files():
    good = make("JPEG")
    yield "n" * 5000 + ".jpg", good, True
    yield "n" * 5000 + ".txt", b"hello", False
    yield "photo\u202egpj.exe", b"MZ\x90\0", False
    yield "photo\u202egnp.jpg", good, True
    yield "../../etc/passwd", b"root", False
    yield "<img src=x onerror=alert(1)>.jpg", b"hello", False
    yield '";alert(1);".jpg', b"hello", False
    yield "😀.jpg", good, True
