"""Gongkai 公开: budget and final-account disclosures of government units, from data to print."""

__version__ = "0.1.0"
