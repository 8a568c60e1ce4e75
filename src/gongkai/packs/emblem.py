"""The emblem of a pack (徽标): its file, what it shows, where it stands."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, PrivateAttr

from gongkai.findings import shown
from gongkai.packs.picture.picture import Picture
from gongkai.packs.picture.read import ENDINGS

from .lengths import LONGEST, POINTS_PER_MM, Part, Points, points

_LONGEST_ALTERNATIVE = 100
_NOTHING = "无"
_COVER_HEIGHT, _COVER_AFTER = 30 * POINTS_PER_MM, 24.0
_HEAD_HEIGHT, _HEAD_GAP = 8 * POINTS_PER_MM, 6 * POINTS_PER_MM
_LEAST = 5.0
LEAST_EDGE = 4 * POINTS_PER_MM
"""Points from the emblem in the head to the edge of the paper."""


def _is_line(text: str) -> bool:
    """Whether a text is one of characters that are seen, and of spaces."""
    return text.replace("\u3000", " ").isprintable()


def _picture_file(value: str) -> str:
    """A path within the pack, from the folder of the style.yaml that names it."""
    path = PurePosixPath(value)
    if not _is_line(value) or path.is_absolute() or ".." in path.parts or any(sign in value for sign in '\\:"<>|?*'):
        raise ValueError(f"徽标文件要放在模板包里，写文件名，如 徽标.svg，现为“{shown(value)}”")
    if path.suffix.lower() not in ENDINGS:
        raise ValueError(f"徽标只能是 {' 或 '.join(ENDINGS)} 文件，现为“{shown(value)}”")
    return value


def _alternative(value: str) -> str:
    """Words for who does not see a picture."""
    text = value.strip()
    if not text or len(text) > _LONGEST_ALTERNATIVE or not _is_line(text):
        raise ValueError(f"要用一行话（最多 {_LONGEST_ALTERNATIVE} 字）写明徽标是什么，读屏软件念给看不见的人")
    return text


def none(value: Any) -> Any:
    """What a child takes away by writing 无."""
    return None if value == _NOTHING else value


def _at_least(value: float) -> float:
    """A length that can be seen."""
    if value < _LEAST:
        raise ValueError(f"不能小于 {_LEAST:g}pt")
    return value


Seen = Annotated[float, Field(le=LONGEST), BeforeValidator(points), AfterValidator(_at_least)]
Side = Literal["左", "居中", "右"]


class CoverEmblem(Part):
    """The emblem above the words of the cover; lengths in points."""

    height: Seen = Field(_COVER_HEIGHT, alias="高", description="不写为 30mm；宽按图片的比例")
    side: Side = Field("居中", alias="位置")
    before: Points = Field(0.0, alias="段前", description="到版心上边的距离")
    after: Points = Field(
        _COVER_AFTER, alias="段后", description="到文字至少多远，不写为 24pt；“封面单位”段前够大的，文字不动"
    )


class HeadEmblem(Part):
    """The emblem in the heads of the pages that are numbered; lengths in points."""

    height: Seen = Field(_HEAD_HEIGHT, alias="高", description="不写为 8mm")
    side: Side = Field("左", alias="位置")
    gap: Seen = Field(_HEAD_GAP, alias="距正文", description="到版心上边的距离，不写为 6mm")


class Emblem(Part):
    """A picture of the pack: where its file is, what it shows, and where it stands."""

    file: Annotated[str, AfterValidator(_picture_file)] = Field(
        alias="文件", description="SVG 或 PNG，在 style.yaml 旁边"
    )
    alternative: Annotated[str, AfterValidator(_alternative)] = Field(
        alias="替代文字", description="徽标是什么，读屏软件念它"
    )
    cover: Annotated[CoverEmblem | None, BeforeValidator(none)] = Field(None, alias="封面")
    head: Annotated[HeadEmblem | None, BeforeValidator(none)] = Field(None, alias="页眉")
    _picture: Picture | None = PrivateAttr(None)

    @property
    def picture(self) -> Picture:
        """The picture itself; an emblem is only used with it."""
        assert self._picture is not None, "the pack reads it when it is put together"
        return self._picture

    def with_picture(self, picture: Picture) -> Emblem:
        """The emblem with its picture."""
        emblem = self.model_copy()
        emblem._picture = picture
        return emblem

    def width(self, part: CoverEmblem | HeadEmblem) -> float:
        """Points that it is wide in one of its places."""
        return part.height * self.picture.ratio
