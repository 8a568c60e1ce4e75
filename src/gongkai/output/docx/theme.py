"""The theme of the Word file: colours and faces that Word offers beside the styles of the disclosure."""

from __future__ import annotations

from docx.oxml.ns import nsdecls

_COLOURS = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": "1F1F1F", "lt2": "F2F2F2", "accent1": "1F5C99", "accent2": "A9BFD8",
    "accent3": "595959", "accent4": "7F7F7F", "accent5": "A6A6A6", "accent6": "BFBFBF", "hlink": "0B4F9E",
    "folHlink": "5F4B8B",
}  # fmt: skip
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_LINE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def theme_xml(font: str) -> str:
    """A theme in one face, without effects; the schema asks for three of everything."""
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in _COLOURS.items())
    faces = f'<a:latin typeface="{font}"/><a:ea typeface="{font}"/><a:cs typeface=""/>'
    return (
        f'<a:theme {nsdecls("a")} name="公开"><a:themeElements><a:clrScheme name="公开">{colours}</a:clrScheme>'
        f'<a:fontScheme name="公开"><a:majorFont>{faces}</a:majorFont><a:minorFont>{faces}</a:minorFont></a:fontScheme>'
        f'<a:fmtScheme name="公开"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst><a:lnStyleLst>{_LINE * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst><a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )
