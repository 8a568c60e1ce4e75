"""The JSON Schema of the data files of a pack that declares facts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from gongkai.cli.main import cli
from support.books import data_of
from support.own_facts import NAME, pack_in, with_facts

EXAMPLES = ("shili-ju-2024-budget", "shili-ju-2024-final")


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack_in(tmp_path_factory.mktemp("packs"))


@pytest.fixture(scope="module")
def schema(packs: Path) -> dict[str, Any]:
    done = CliRunner().invoke(cli, ["schema", "--pack", NAME, "--pack-dir", str(packs)])
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def wrong(schema: dict[str, Any], data: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(data)]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("scope", ["单位", "部门"])
def test_a_file_with_every_fact_is_right(example: str, scope: str, packs: Path, schema: dict[str, Any]) -> None:
    Draft202012Validator.check_schema(schema)
    assert wrong(schema, with_facts(data_of(example) | {"口径": scope}, packs)) == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_is_required_of_one_scope_is_so_of_that_alone(example: str, packs: Path, schema: dict[str, Any]) -> None:
    data = with_facts(data_of(example) | {"口径": "部门"}, packs)
    del data["下属"]
    assert wrong(schema, data) == ["'下属' is a required property"]
    assert wrong(schema, data | {"口径": "单位"}) == []


def test_what_is_missing_or_of_another_type_is_wrong(packs: Path, schema: dict[str, Any]) -> None:
    data = with_facts(data_of(EXAMPLES[0]) | {"口径": "单位"}, packs)
    del data["会议开支"], data["项目"][0]["绩效等级"]
    data["批次"] = {"几": "1"}
    assert len(wrong(schema, data)) == 3


def test_facts_say_what_they_mean(schema: dict[str, Any]) -> None:
    root = schema["$defs"][schema["else"]["$ref"].rpartition("/")[2]] if "$ref" in schema["else"] else None
    roots = [root] if root else [part for part in schema["$defs"].values() if "会议开支" in part.get("properties", {})]
    for part in roots:
        fields = part["properties"]
        assert fields["批次"]["title"] == "批次"
        assert fields["批次"]["description"] == "几批（单位：个）"
        assert fields["项目指标"]["description"] == "购买的各项服务"
        assert {"会议开支", "简介", "项目指标"} <= {*part["required"]}


def test_a_pack_that_is_not_there_has_no_schema() -> None:
    done = CliRunner().invoke(cli, ["schema", "--pack", "没有这个"])
    assert done.exit_code == 1
    assert "GK503" in done.stderr
    assert done.stdout == ""
