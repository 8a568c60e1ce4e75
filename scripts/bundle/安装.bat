@chcp 65001 >nul & cd /d "%~dp0" && py -{python} -m venv gongkai && gongkai\Scripts\python -m pip install --no-index --no-deps --require-hashes --find-links wheels -r requirements.txt || (pause & exit /b 1)
@mkdir gongkai\share\fonts\gongkai 2>nul & copy /y fonts\* gongkai\share\fonts\gongkai >nul && gongkai\Scripts\gongkai doctor & pause
