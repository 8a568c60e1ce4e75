"""The modules whose rules hold for every kind of document."""

from gongkai.checks.codes import code_years, codes
from gongkai.checks.confidential import privacy, secrecy
from gongkai.checks.texts import elsewhere, empty, figures_in_texts, reasons_vs_figures, text_quality, unit_names

from . import approved, form, plausible, two_classifications, unused

OF_FIGURES = (codes, code_years, two_classifications, plausible, approved)
"""Codes, and figures that every document has."""

OF_TEXTS = (
    reasons_vs_figures,
    elsewhere,
    empty,
    text_quality,
    unit_names,
    figures_in_texts,
    privacy,
    secrecy,
    form,
    unused,
)
"""What is said in words."""
