"""One unit's work in a worker that stays warm: everything that units share is loaded once."""

from __future__ import annotations

import gc
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.batch.task import OWN_BUG, Outcome, Task, failure, not_shared, put_down, staged
from gongkai.files.refusals import refusal_of
from gongkai.output.formats import load, on_pages
from gongkai.output.pdf.engine import ENGINES
from gongkai.produce.inputs import digest
from gongkai.produce.unit import Settings, make_unit
from gongkai.source.text_file import held

from .order import Order
from .pack_snapshot import UnpackedPacks

if TYPE_CHECKING:
    from gongkai.produce.audited import AuditSettings


class Worker:
    """Makes one unit after another.

    The collector of garbage rests while a unit is made and runs between two: laying out makes many
    objects and few cycles. What was loaded before the first unit is never looked at again.
    """

    def __init__(self, order: Order, packs: UnpackedPacks) -> None:
        self._order = order
        self._packs = packs
        load(order.formats, ENGINES[order.engine])
        gc.collect()
        gc.freeze()

    def make(self, task: Task) -> Outcome:
        """The unit's documents. Whatever goes wrong concerns this unit only and is told in its findings."""
        started = time.perf_counter()
        gc.disable()
        try:
            return self._make(task, started)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a bug must not cost the other units; a library may stop with no Exception
            refusal = refusal_of(error)
            if refusal is not None:
                return failure(task.job, refusal.code, refusal.message, refusal.advice)
            # The words of the exception stay here: they may quote what is secret.
            frame = traceback.extract_tb(error.__traceback__)[-1]
            message = f"程序出错了：{type(error).__name__}（{Path(frame.filename).name}:{frame.lineno}）"
            return failure(task.job, OWN_BUG, message, "这不是数据文件的问题，请把文件和这句话反馈给开发者")
        finally:
            if on_pages(self._order.formats):
                ENGINES[self._order.engine].forget()
            gc.enable()
            gc.collect()

    def _make(self, task: Task, started: float) -> Outcome:
        order = self._order
        if order.audit is not None:
            return self._audited(task, order.audit, started)
        folders = self._packs.folders
        settings = Settings(
            Path(), order.formats, order.pack, folders, order.strict, order.edition, order.naming, order.engine
        )
        with held(task.files):
            result, contents = make_unit(task.job.path, settings)
        result.findings = [self._packs.shown(finding) for finding in result.findings]
        digests = {name: digest(data) for name, data in contents.items()}
        outcome = Outcome(task.job, result, time.perf_counter() - started, contents, digests)
        if order.shared is None:
            return outcome
        if not order.shared.is_dir():  # not the same folder as where the batch was started, or its run is over
            return not_shared(task.job)
        return put_down(outcome, staged(order.shared, task.job))

    def _audited(self, task: Task, asked: AuditSettings, started: float) -> Outcome:
        from gongkai.produce.audited import audit_file

        result = audit_file(task.job.path, replace(asked, pack_folders=self._packs.folders))
        result.findings = [self._packs.shown(finding) for finding in result.findings]
        return Outcome(task.job, result, time.perf_counter() - started)
