# make demo：装好运行要的，生成示例公开文件到 output/
# make test：装好开发要的，运行全部检查和测试
# make test-all：再加上用 LibreOffice、浏览器、集群的测试和覆盖率，一个不跳过（约半小时）
# make fuzz：随机的文件和改坏的文件，每次不同
# make setup：只安装运行要的
# make bundle PLATFORM=linux_aarch64 PYTHON=3.11：做一个给不能上网的机器用的安装包
# make app：做一个整包程序，给没有 Python 的机器
# make bench：与别的办法比速度（另装 LibreOffice、Chromium），试各种故障

.PHONY: demo test setup setup-dev setup-all test-all fuzz lock bundle app docs errors mutate bench

VENV := .venv
BIN := $(VENV)/bin

demo: setup
	$(BIN)/gongkai render examples/kezhou-swj-2024-budget.yaml -o output --format pdf,docx,html

setup:
	@sh scripts/setup.sh run

setup-dev:
	@sh scripts/setup.sh dev

setup-all:
	@sh scripts/setup.sh all

test: setup-dev
	$(BIN)/ruff check src tests bench scripts
	$(BIN)/ruff format --check src tests bench scripts
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n 2 --dist loadgroup -m "not slow"

# 慢测试多是另开的程序，不计覆盖率
test-all: setup-all
	$(BIN)/pytest -n 2 --dist loadgroup --skip-nothing -m "not slow" --cov --cov-report=term
	$(BIN)/pytest -n 2 --dist loadgroup --skip-nothing -m slow

fuzz: setup-dev
	cd tests && ../$(BIN)/python -m support.fuzz
	HYPOTHESIS_PROFILE=fuzz $(BIN)/pytest -n 2 tests/statements/test_budget_identities.py tests/statements/test_final_identities.py tests/statements/test_printed.py tests/checks/test_unused.py -m "not slow"

# 平台：linux_x86_64、linux_aarch64（麒麟、统信）、win_amd64；写到 dist/
bundle: setup
	$(BIN)/python scripts/bundle.py "$(PLATFORM)" "$(PYTHON)"

# 写到 dist/gongkai/
app: setup
	$(BIN)/python scripts/app.py

# 改了 pyproject.toml 的依赖后重新锁定；换用新版本：make lock UPGRADE=--upgrade
lock:
	@sh scripts/setup.sh lock
	PATH="$(BIN):$$PATH" $(BIN)/python scripts/lock.py $(UPGRADE)

# 重新生成由程序得出的：手册的一部分，schema 和 rules 命令输出的数据
docs: setup-dev
	$(BIN)/python scripts/docs.py

# 重新写出错例 tests/errors 里各文件应得的话；提交前请看一遍改了什么
errors: setup-dev
	-$(BIN)/pytest -q --update-golden tests/intake/test_errors.py -k golden_words

# 逐个改错例子里的数和话，看规则查出多少（几分钟）
mutate: setup-dev
	cd tests && ../$(BIN)/python -m support.mutation
	cd tests && ../$(BIN)/python -m support.word_mutation
	cd tests && ../$(BIN)/python -m support.prose_slips

# 结果抄进 docs/性能.md
bench: setup-dev
	sh bench/setup-peers.sh
	$(BIN)/python bench/run.py
	$(BIN)/python bench/stages.py
	$(BIN)/python bench/stages.py --engine typst
	$(BIN)/python bench/books.py
	$(BIN)/python bench/faults.py
