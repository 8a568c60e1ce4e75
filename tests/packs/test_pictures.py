"""Pictures of packs: good ones lose nothing that is seen, hostile ones are refused with a reason and a line."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image, ImageChops

from gongkai.packs.picture.picture import MOST_BYTES, PictureError
from gongkai.packs.picture.png import MOST_PIXELS, read_png
from gongkai.packs.picture.read import read_picture
from gongkai.packs.picture.svg import DRAWN, MOST_DEPTH, MOST_NODES, read_svg
from gongkai.packs.picture.svg_values import dashes, length, paint, pairs, path, share, transform
from support.emblems import NAMESPACE, SVG, drawn, header, png, png_of
from support.fixtures import ends_within

HREF = 'xmlns:x="http://www.w3.org/1999/xlink" x:href'


def refused(name: str, data: bytes, folder: Path) -> tuple[str, str, int]:
    """What is said of a file, what is to be done, and the line."""
    (folder / name).write_bytes(data)
    with ends_within(5), pytest.raises(PictureError) as told:
        read_picture(folder / name, folder)
    return told.value.message, told.value.advice, told.value.line


# --- PNG ---

MODES = ["1", "L", "LA", "P", "RGB", "RGBA"]


@pytest.mark.parametrize("mode", MODES)
def test_a_png_keeps_every_pixel_and_nothing_else(mode):
    data = png(mode)
    told = data[:33] + b"\0\0\0\x0atEXtTitle\0gong" + zlib.crc32(b"tEXtTitle\0gong").to_bytes(4, "big") + data[33:]
    picture = read_png(told + b"<script>")

    before, after = (Image.open(io.BytesIO(each)).convert("RGBA") for each in (data, picture.data))
    assert ImageChops.difference(before, after).getbbox(alpha_only=False) is None
    assert (picture.width, picture.height, picture.ratio) == (60, 40, 1.5)
    assert b"tEXt" not in picture.data
    assert b"script" not in picture.data
    assert read_png(picture.data) == picture


def test_transparent_colours_are_kept():
    for data in (png("P", transparency=0), png("RGB", transparency=(255, 255, 255))):
        picture = read_png(data)
        assert b"tRNS" in picture.data
        before, after = (Image.open(io.BytesIO(each)).convert("RGBA") for each in (data, picture.data))
        assert before.tobytes() == after.tobytes()


def test_an_interlaced_picture_has_seven_passes():
    # 3 × 2 pixels of grey: passes of 1×1, 1×1 (none: column 4), ..., together as many as an interlaced file has.
    rows = b"\0\x10" + b"\0\x20" + b"\0\x30" + b"\0\x40\x50\x60"
    picture = read_png(png_of(header(3, 2, colour=0, interlaced=1), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")))

    image = Image.open(io.BytesIO(picture.data))
    assert [*image.tobytes()] == [0x10, 0x30, 0x20, 0x40, 0x50, 0x60]


BLACK = zlib.compress(b"\0" * 31 * 10)
GALLERY_PNG = {
    "bomb": (
        png_of(header(10, 10), (b"IDAT", zlib.compress(b"\0" * 50_000_000)), (b"IEND", b"")),
        "里面的数据比它写明的像素多",
    ),
    "huge": (png_of(header(60_000, 60_000), (b"IDAT", BLACK), (b"IEND", b"")), "太大（60000×60000 像素"),
    "many pixels": (png_of(header(4_000, 4_000), (b"IDAT", BLACK), (b"IEND", b"")), "太大（4000×4000 像素"),
    "less than said": (png_of(header(100, 100), (b"IDAT", BLACK), (b"IEND", b"")), "文件不完整"),
    "nothing in it": (png_of(header(10, 10), (b"IEND", b"")), "文件不完整"),
    "animated": (png_of(header(10, 10), (b"acTL", b"\0" * 8), (b"IDAT", BLACK), (b"IEND", b"")), "是会动的图"),
    "no header": (png_of((b"IDAT", BLACK), (b"IEND", b"")), "文件坏了"),
    "two headers": (png_of(header(10, 10), header(20, 20), (b"IDAT", BLACK), (b"IEND", b"")), "文件坏了"),
    "no size": (png_of(header(0, 10), (b"IDAT", BLACK), (b"IEND", b"")), "文件坏了"),
    "unknown colours": (png_of(header(10, 10, colour=5), (b"IDAT", BLACK), (b"IEND", b"")), "文件坏了"),
    "16 bits": (png_of(header(10, 10, depth=16), (b"IDAT", BLACK), (b"IEND", b"")), "每个颜色值是 16 位"),
    "no palette": (png_of(header(10, 10, colour=3), (b"IDAT", zlib.compress(b"\0" * 110)), (b"IEND", b"")), "文件坏了"),
    "unknown filter": (png_of(header(10, 10), (b"IDAT", zlib.compress(b"\x09" * 310)), (b"IEND", b"")), "文件坏了"),
    "not packed": (png_of(header(10, 10), (b"IDAT", b"pixels"), (b"IEND", b"")), "文件坏了"),
    "a changed byte": (png()[:45] + bytes([png()[45] ^ 1]) + png()[46:], "文件坏了"),
    "a strip": (png_of(header(1, 100), (b"IDAT", BLACK), (b"IEND", b"")), "太扁或太窄"),
    "truncated": (png()[:-20], "文件不完整"),
    "empty": (b"", "文件是空的"),
    "SVG": (SVG, "名称是 .png，内容却是 SVG 或网页"),
    "JPEG": (b"\xff\xd8\xff\xe0" + b"\0" * 50, "名称是 .png，内容却是 JPEG"),
    "text": ("徽标".encode(), "内容不是 PNG"),
    "large": (
        png_of(header(10, 10), (b"IDAT", b"\0" * MOST_BYTES), (b"IEND", b"")),
        "文件过大（1,000,057 字节，最多 1,000,000 字节）",
    ),
}


@pytest.mark.parametrize("case", GALLERY_PNG)
def test_a_hostile_png_is_refused(case, tmp_path):
    data, words = GALLERY_PNG[case]
    message, advice, line = refused("徽标.png", data, tmp_path)

    assert message.startswith(words)
    assert advice
    assert line == 0


def test_a_png_that_is_cut_anywhere_is_never_taken():
    data = png()
    for end in range(len(data)):
        with pytest.raises(PictureError):
            read_png(data[:end])


def test_a_picture_of_as_many_pixels_as_are_allowed_is_read():
    assert read_png(png("1", size=(2_000, MOST_PIXELS // 2_000))).width == 2_000


# --- SVG ---


def test_an_svg_keeps_shapes_gradients_and_clips():
    picture = read_svg(SVG)
    tree = etree.fromstring(picture.data)

    assert picture.ratio == 1
    assert picture.left_out == ()
    names = [etree.QName(element).localname for element in tree.iter()]
    assert names == [etree.QName(element).localname for element in etree.fromstring(SVG).iter()]
    assert set(names) <= {*DRAWN, "svg"}
    assert tree.xpath("string(//@clip-path)") == "url(#disc)"
    assert read_svg(picture.data).data == picture.data


EDITED = drawn(
    '<metadata><rdf:RDF xmlns:rdf="r"><a/></rdf:RDF></metadata><title>题</title><!-- 注 --><?edit this?>'
    '<sodipodi:namedview xmlns:sodipodi="s" id="v"/><style id="empty"/><filter id="f"><feImage href="http://x/"/></filter>'
    '<g id="layer1" inkscape:label="层" xmlns:inkscape="i" data-name="层" class="a"'
    ' style="font-size:12px;mix-blend-mode:normal">'
    '<circle cx="1mm" cy="50%" r="2" style="fill:#ABC;-inkscape-stroke:none;stroke:none"/></g>'
)


def test_what_only_editors_read_is_left_out_without_a_word():
    picture = read_svg(EDITED)

    assert picture.left_out == ()
    text = picture.data.decode()
    assert '<g><circle cx="3.779528" cy="50%" r="2" fill="#abc" stroke="none"/></g>' in text
    for word in ("题", "注", "edit", "sodipodi", "inkscape", "feImage", "layer1", "data-name", "rdf"):
        assert word not in text


def test_a_gradient_may_take_its_stops_from_another_of_the_same_picture():
    picture = read_svg(
        drawn(
            '<defs><linearGradient id="stops"><stop style="stop-color:#fff"/><stop offset="1"/></linearGradient>'
            f'<radialGradient id="used" {HREF}="#stops" cx="5" gradientUnits="userSpaceOnUse"/></defs>'
            '<circle r="9" style="fill:url(#used)"/>'
        )
    )

    text = picture.data.decode()
    assert '<radialGradient cx="5" gradientUnits="userSpaceOnUse" href="#stops" id="used"/>' in text
    assert '<circle r="9" fill="url(#used)"/>' in text


def test_settings_that_may_have_meant_something_are_named():
    picture = read_svg(drawn('<g mix-blend-mode="multiply" style="paint-order:stroke;isolation:auto"/>'))

    assert picture.left_out == ("mix-blend-mode", "paint-order")


NEST = "<g>" * MOST_DEPTH + "</g>" * MOST_DEPTH
STOPS = "<stop offset='0'/>" * 500
GALLERY_SVG = {
    "script": ("<script>alert(1)</script>", "有不能用的 <script>：是脚本"),
    "script of HTML": (
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml" src="http://x/"/>',
        "有不能用的 <script>：是脚本",
    ),
    "event": ('<g onload="alert(1)"/>', "<g> 有事件属性 onload"),
    "event of another": ('<g xmlns:e="http://www.w3.org/2001/xml-events" e:onclick="x"/>', "<g> 有事件属性 onclick"),
    "image": ('<image href="file:///etc/passwd"/>', "有不能用的 <image>：是嵌入或外面的图片"),
    "embedded image": ('<image href="data:image/png;base64,AAAA"/>', "有不能用的 <image>"),
    "use of another file": ('<use href="other.svg#a"/>', "有不能用的 <use>：引用别处的图形"),
    "use of its own": ('<g id="a"/><use href="#a"/>', "有不能用的 <use>"),
    "foreign object": ("<foreignObject><p/></foreignObject>", "有不能用的 <foreignObject>"),
    "link": ('<a href="http://x/"><path d="M0 0"/></a>', "有不能用的 <a>：是链接"),
    "text": ("<text>州</text>", "有不能用的 <text>：是文字，各种输出的字体不一样"),
    "text in a group": ("<g><text/></g>", "有不能用的 <text>"),
    "animation": ('<g><animate attributeName="x"/></g>', "有不能用的 <animate>：会动"),
    "set": ('<set attributeName="href" to="javascript:1"/>', "有不能用的 <set>：会动"),
    "style sheet": ("<style>@import url(http://x/);</style>", "有不能用的 <style>：是样式表"),
    "svg in svg": ("<svg/>", "有不能用的 <svg>"),
    "unknown": ("<video/>", "<svg> 里有不能用的 <video>"),
    "misplaced": ("<stop/>", "<svg> 里有不能用的 <stop>"),
    "paint from outside": ('<g fill="url(http://x/#a)"/>', "引用了“url(http://x/#a)”"),
    "paint from a file": ('<g style="fill:URL(&quot;a.svg#b&quot;)"/>', "引用了“URL("),
    "paint from nowhere": ('<g fill="url(#nowhere)"/>', "引用的“#nowhere”不在文件里，或不能用"),
    "filter": ('<filter id="f"/><g filter="url(#f)"/>', "引用的“#f”不在文件里，或不能用"),
    "mask": ('<mask id="m"/><g style="mask:url(#m)"/>', "引用的“#m”不在文件里，或不能用"),
    "cursor": ('<g style="cursor:url(http://x/)"/>', "引用了“url(http://x/)”"),
    "link of a shape": ('<path d="M0 0" href="http://x/"/>', "<path> 引用了“http://x/”"),
    "gradient from outside": (f'<linearGradient id="g" {HREF}="http://x/#a"/>', "引用了“http://x/#a”"),
    "gradients in a circle": (
        f'<linearGradient id="a" {HREF}="#b"/><linearGradient id="b" {HREF}="#a"/>',
        "“#b”的引用绕成了圈",
    ),
    "clip of a clip": (
        '<clipPath id="c"><path d="M0 0" clip-path="url(#c)"/></clipPath>',
        "引用的“#c”不在文件里，或不能用",
    ),
    "gradients too often": (
        f'<linearGradient id="g">{STOPS}</linearGradient>' + '<rect fill="url(#g)"/>' * 9,
        "渐变和剪裁用得太多",
    ),
    "gradient without end": (
        '<linearGradient spreadMethod="repeat" x2="0.000001"/>',
        "<linearGradient> 的 spreadMethod 写法不合要求，现为“repeat”",
    ),
    "escaped": ('<g fill="u\\72l(http://x/)"/>', "<g> 的 fill 写法不合要求"),
    "wrong path": ('<path d="M0 0 L1"/>', "<path> 的 d 写法不合要求，现为“M0 0 L1”"),
    "endless number": (f'<path d="M{"9" * 400} 0"/>', "<path> 的 d 写法不合要求"),
    "many": ("<g/>" * MOST_NODES, f"图形太多（多于 {MOST_NODES} 个元素）"),
    "deep": (NEST, f"套了 {MOST_DEPTH} 层以上"),
}


@pytest.mark.parametrize("case", GALLERY_SVG)
def test_a_hostile_svg_is_refused_with_its_line(case, tmp_path):
    inside, words = GALLERY_SVG[case]
    message, advice, line = refused("徽标.svg", drawn(inside), tmp_path)

    assert message.startswith(words)
    assert advice
    assert line == 2


ENTITY = b'<!DOCTYPE svg [\n<!ENTITY a "' + b"&b;" * 10 + b'">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'
WHOLE = {
    "entities": (ENTITY, "有文档类型声明 <!DOCTYPE…", 1),
    "DTD": (b'\n<!DOCTYPE svg SYSTEM "http://x/svg.dtd"><svg/>', "有文档类型声明 <!DOCTYPE…", 2),
    "style sheet": (b'<?xml-stylesheet href="http://x/"?>' + drawn(""), "有外面的样式表 <?xml-stylesheet…", 1),
    "UTF-16": (SVG.decode().encode("utf-16"), "不是 UTF-8 编码的 SVG", 0),
    "truncated": (SVG[:-30], "SVG 写法有误", 13),
    "binary": (b"\xff\xfe\x00", "不是 UTF-8 编码的 SVG", 0),
    "HTML": (b"<html><body/></html>", "内容不是 SVG", 1),
    "without a namespace": (b"<svg><path d='M0 0'/></svg>", "内容不是 SVG", 1),
    "PNG": (png(), "名称是 .svg，内容却是 PNG", 0),
    "packed": (b"\x1f\x8b\x08\0", "名称是 .svg，内容却是 压缩的 SVG（svgz）", 0),
    "no shape": (f'<svg xmlns="{NAMESPACE}" viewBox="0 0 9 9"><g/></svg>'.encode(), "里面没有图形", 0),
    "no size": (drawn("", ""), "没有写明大小（viewBox）", 1),
    "size in percent": (drawn("", 'width="100%" height="100%"'), "没有写明大小（viewBox）", 1),
    "no height": (drawn("", 'viewBox="0 0 10 0"'), "没有写明大小（viewBox）", 1),
    "a strip": (drawn("", 'viewBox="0 0 100 1"'), "太扁或太窄", 0),
    "very deep": (b"<a>" * 5000, "SVG 写法有误，或嵌套太深", 1),
}


@pytest.mark.parametrize("case", WHOLE)
def test_a_file_that_is_no_safe_svg_is_refused(case, tmp_path):
    data, words, line = WHOLE[case]
    message, advice, place = refused("徽标.svg", data, tmp_path)

    assert message.startswith(words)
    assert advice
    assert place == line


def test_whatever_is_inside_only_what_draws_comes_out():
    """Every attribute and element of hostile files that were taken all the same is one that is known."""
    taken = 0
    for inside, _ in GALLERY_SVG.values():
        for line in (f"<defs><pattern>{inside}</pattern></defs>", f"<metadata>{inside}</metadata>"):
            try:
                picture = read_svg(drawn(line))
            except PictureError:
                continue
            taken += 1
            assert picture.data.count(b"<") == 4 - (b"<defs" not in picture.data)
            assert b"http://x" not in picture.data
    assert taken > len(GALLERY_SVG)


VALUES = [
    (path, "M0,0l10-10.5.5e0", None, None),
    (path, "M0 0l10-10.5.5 1z", "M 0 0 l 10 -10.5 .5 1 z", ""),
    (path, "M1 1a1 1 0 011 1 2 2 0 1 0 3 3", "M 1 1 a 1 1 0 0 1 1 1 2 2 0 1 0 3 3", ""),
    (path, "L1 1", None, None),
    (path, "M1 1 a1 1 0 2 1 1 1", None, None),
    (path, "M1 1 x", None, None),
    (path, "", "", ""),
    (transform, "translate(1,2) rotate(45)", "translate(1 2) rotate(45)", ""),
    (transform, "rotate(1 2)", None, None),
    (transform, "url(1)", None, None),
    (pairs, "0,0 1,1 2", None, None),
    (pairs, "0,0 1,1", "0 0 1 1", ""),
    (length, "1in", "96", ""),
    (length, "1em", None, None),
    (length, "1e9", None, None),
    (share, "50%", "0.5", ""),
    (share, "2", "1", ""),
    (paint, "transparent", "none", ""),
    (paint, "RGB(1,2,3)", "rgb(1, 2, 3)", ""),
    (paint, "rebeccapurple", None, None),
    (paint, "#12345", None, None),
    (dashes, "1 2px", "1 2", ""),
    (dashes, "0", "", ""),
    (dashes, "-1", None, None),
    (dashes, "0.01", None, None),
]


@pytest.mark.parametrize(("reader", "text", "written", "known"), VALUES)
def test_a_value_is_written_anew_or_refused(reader, text, written, known):
    assert reader(text) == (written if known is not None else None)


# --- files ---


def test_links_out_of_the_pack_and_what_is_no_file_are_refused(tmp_path):
    pack = tmp_path / "pack"
    (pack / "夹.svg").mkdir(parents=True)
    (tmp_path / "outside.svg").write_bytes(SVG)
    (pack / "徽标.svg").symlink_to(tmp_path / "outside.svg")
    (pack / "自己.svg").write_bytes(SVG)
    (pack / "里面.svg").symlink_to(pack / "自己.svg")
    told = []
    for name in ("徽标.svg", "夹.svg", "没有.svg"):
        with pytest.raises(PictureError) as error:
            read_picture(pack / name, pack)
        told.append(error.value.message)

    assert told == ["是指向包外面的链接", "不是普通文件", "找不到文件"]
    assert read_picture(pack / "里面.svg", pack) == read_svg(SVG)


def test_the_same_file_gives_the_same_bytes():
    for reader, data in ((read_svg, SVG), (read_svg, EDITED), (read_png, png())):
        assert len({reader(data).data for _ in range(3)}) == 1
