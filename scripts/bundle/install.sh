#!/bin/sh
cd "$(dirname "$0")" && "${PYTHON:-python{python}}" -m venv gongkai && gongkai/bin/python -m pip install --no-index --no-deps --require-hashes --find-links wheels -r requirements.txt || exit 1
mkdir -p gongkai/share/fonts/gongkai && cp fonts/* gongkai/share/fonts/gongkai/ && gongkai/bin/gongkai doctor
