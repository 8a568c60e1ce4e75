"""The label in a pack's file (模板包.json): what is in it, what it needs, and the hashes by which damage shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from .needed import PATTERN

LABEL = "模板包.json"
FORMAT = 1
"""Of the file as a whole; a program refuses what is newer than it knows."""

_Id = Annotated[str, StringConstraints(pattern=r"^[\w-]+$", max_length=100)]
_Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Head(BaseModel):
    """What a program asks first: whether it is new enough to understand the rest."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    format: int = Field(alias="格式", ge=1)
    needs: str = Field("", alias="需要程序", max_length=50)
    made_by: str = Field("", alias="制作程序", max_length=50)


class Label(Head):
    """What a pack's file says of itself.

    ``files`` are the SHA-256 of all others in it by name; ``digest`` is one hash of them all, by which people
    compare what they have. Neither tells who made the file: whoever changes it on purpose can write them anew.
    """

    id: _Id = Field(alias="标识")
    name: str = Field(alias="名称", max_length=200)
    version: str = Field("", alias="版本号", max_length=50)
    packed: tuple[_Id, ...] = Field(alias="包含", max_length=20)
    """The pack and those of its parents that the program does not bring along."""
    shipped: tuple[_Id, ...] = Field((), alias="随程序的上级", max_length=20)
    needs: str = Field("", alias="需要程序", pattern=f"^$|{PATTERN}", max_length=50)
    digest: _Hash = Field(alias="摘要")
    files: dict[str, _Hash] = Field(alias="文件", max_length=2_000)

    def as_json(self) -> bytes:
        """The label as it stands in the file, always in the same bytes."""
        data = self.model_dump(by_alias=True, mode="json")
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def hash_of(data: bytes) -> str:
    """The hash of one file."""
    return hashlib.sha256(data).hexdigest()


def digest_of(hashes: Mapping[str, str]) -> str:
    """One hash of all files, whatever their order."""
    return hash_of("".join(f"{hashes[name]} {name}\n" for name in sorted(hashes)).encode())
